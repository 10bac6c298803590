"""The CAM family: maps of a layer from its activations A and the gradients G of a pair's logit.

Every method takes two tensors `(M, h, w, C)` and returns the raw map `(M, h, w)`, before any ReLU and
not normalised, as `gradcam` does. M are pairs of (image, target), h x w the layer's cells, C its
channels; G = dy / dA is the gradient of the target's logit y. Sums and means over cells are over the
h x w cells of one channel; i stands for a cell, k for a channel.
"""

import tensorflow as tf

from camaudit_export.pooling import mean_over_cells, sum_over_cells


def gradcam(activations, gradients):
    """Grad-CAM: map_i = sum over k of (mean over cells of G_k) A_ik.

    Selvaraju et al. 2017, arXiv:1610.02391, equations 1 and 2.
    """
    return _weighted(activations, mean_over_cells(gradients, "alpha"))


def gradcam_plus_plus(activations, gradients):
    """Grad-CAM++: map_i = sum over k of w_k A_ik, w_k = sum over cells of a_ik ReLU(G_ik),
    a_ik = G_ik² / (2 G_ik² + (sum over cells of A_k) G_ik³), and 0 where G_ik is 0.

    Chattopadhay et al. 2018, arXiv:1710.11063, equations 10, 11 and 19: with Y = exp(y) the
    derivatives of second and third order are powers of G, and the common factor exp(y), which no
    normalised map shows, is left out. Where negative activations make the divisor 0, a_ik is 0.
    """
    sums = sum_over_cells(activations)[:, tf.newaxis, tf.newaxis]
    # Numerator and divisor over G²: powers of small gradients would underflow.
    shares = tf.math.divide_no_nan(tf.cast(gradients != 0, gradients.dtype), 2 + sums * gradients)
    return _weighted(activations, sum_over_cells(shares * tf.nn.relu(gradients)))


def hirescam(activations, gradients):
    """HiResCAM: map_i = sum over k of G_ik A_ik.

    Draelos and Carin 2020, arXiv:2011.08891. Equal to Grad-CAM where the gradient is the same in all cells.
    """
    return tf.reduce_sum(gradients * activations, axis=-1, name="map")


def xgradcam(activations, gradients):
    """XGrad-CAM: map_i = sum over k of w_k A_ik, w_k = (sum over cells of G_ik A_ik) / (sum over cells of A_ik).

    Fu et al. 2020, arXiv:2008.02312, equation 7. w_k is 0 where the activations of a channel sum to 0.
    """
    relevance = sum_over_cells(gradients * activations)
    weights = tf.math.divide_no_nan(relevance, sum_over_cells(activations))
    return _weighted(activations, weights)


def layercam(activations, gradients):
    """LayerCAM: map_i = sum over k of ReLU(G_ik) A_ik.

    Jiang et al. 2021, doi:10.1109/TIP.2021.3089943, equations 4 to 6.
    """
    return tf.reduce_sum(tf.nn.relu(gradients) * activations, axis=-1, name="map")


def eigencam(activations, gradients):
    """Eigen-CAM: the cells' activations projected on their first principal component.

    map = X v, X the cells `(h w, C)`, v the eigenvector to the greatest eigenvalue of the covariance
    of the cells (their mean taken off), of length 1. Muhammad and Yeasin 2020, arXiv:2008.00299, whose
    first singular vector is taken of the cells as they are; with the mean taken off it is a direction
    in which they differ. A principal component has no sign: the one is taken whose map sums to 0 or
    more. It is the same for every target.
    """
    del gradients
    return _first_component(activations)


def eigengradcam(activations, gradients):
    """Eigen-Grad-CAM: Eigen-CAM of G_ik A_ik in place of A_ik, so that it is the target's own."""
    return _first_component(gradients * activations)


METHODS = {
    "gradcam": gradcam,
    "gradcam++": gradcam_plus_plus,
    "hirescam": hirescam,
    "xgradcam": xgradcam,
    "layercam": layercam,
    "eigencam": eigencam,
    "eigengradcam": eigengradcam,
}
"""Every method by its name, which is that of its signature too; the first is the default."""


def _weighted(activations, weights):
    """Sum over channels of weight times activation: a matrix product, so that no weighted copy is made."""
    _, height, width, channels = activations.shape
    cells = tf.reshape(activations, [-1, height * width, channels])
    product = tf.matmul(cells, tf.reshape(weights, [-1, channels, 1]))
    return tf.reshape(product, [-1, height, width], name="map")


def _first_component(values):
    """Cells `(M, h, w, C)` projected on the first principal component of each map.

    The smaller of the two matrices that have the component is decomposed: cells by cells or channels by channels.
    """
    _, height, width, channels = values.shape
    cells = tf.reshape(values, [-1, height * width, channels])
    centred = cells - mean_over_cells(values)[:, tf.newaxis]
    few_cells = height * width <= channels
    gram = tf.matmul(centred, centred, transpose_a=not few_cells, transpose_b=few_cells)
    # Eigenvalues ascend, so the last vector belongs to the greatest.
    vector = tf.linalg.eigh(gram)[1][:, :, -1:]
    component = tf.matmul(centred, vector, transpose_a=True) if few_cells else vector
    length = tf.sqrt(tf.reduce_sum(component * component, axis=1, keepdims=True))
    projected = tf.matmul(cells, tf.math.divide_no_nan(component, length))
    sign = tf.where(tf.reduce_sum(projected, axis=1, keepdims=True) < 0, -1.0, 1.0)
    return tf.reshape(projected * sign, [-1, height, width], name="map")
