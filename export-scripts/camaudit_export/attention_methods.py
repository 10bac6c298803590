"""Maps of a transformer from its attentions, read at the class token.

An attention A is `(M, heads, T, T)`: row i says how much of each token goes into token i. Each method
has one matrix `(M, T, T)` a block, B for short, and says how much of every token has gone into the
class token c behind a block:

    row c of (I + B_b) ... (I + B_1)        or of B_b alone

As one row is wanted, it is multiplied through from the left, which takes T² steps a block and no T³.
The way back, how much of the class token goes into every token, is column c of B_b. Maps are what row
or column hold at the grid's tokens, `(M, h, w)`.
"""

import tensorflow as tf


def gae_matrix(probabilities, gradients):
    """Generic attention explainability: B = mean over heads of ReLU(G ⊙ A), G = dy / dA.

    R = (I + B_b) ... (I + B_1), which is the update R ← R + B R over the blocks. Chefer, Gur and Wolf
    2021, arXiv:2103.15679, equations 5 and 6. It is 0 or more; 0 where no attention raises y.
    """
    return tf.reduce_mean(tf.nn.relu(gradients * probabilities), axis=1)


def mean_attention(probabilities):
    """Mean over heads, `(N, T, T)`: rows sum to 1."""
    return tf.reduce_mean(probabilities, axis=1)


def propagated(matrices, token):
    """Row `token` of (I + B_b) ... (I + B_1), `(M, T)`, for matrices B_1 ... B_b."""
    last, *earlier = reversed(matrices)
    row = tf.one_hot([[token]], last.shape[-1], dtype=last.dtype) + last[:, token : token + 1]
    for matrix in earlier:
        row = row + tf.matmul(row, matrix)
    return row[:, 0]


def rolled_out(matrices, token):
    """Attention rollout: row `token` of the product of (I + Ā) / 2, Ā the mean over heads; rows sum to 1.

    Abnar and Zuidema 2020, arXiv:2005.00928, section 3. The same for every target.
    """
    return propagated(matrices, token) * 0.5 ** len(matrices)


METHODS = ("gae", "attention", "attention-back", "rollout")
"""Methods for transformers whose head reads a class token, by name; the first is such a model's default."""

NOT_OF_A_CLASS = ("eigencam", "attention", "attention-back", "rollout")
"""Methods of this and of the CAM family whose maps are the same for every target."""
