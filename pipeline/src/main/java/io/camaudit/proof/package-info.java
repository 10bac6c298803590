/**
 * Whether a class is recognised by what it shows: images are changed, the model answers again, and
 * what becomes of its answers is counted. The answers ({@link io.camaudit.proof.VariantAnswer}) of
 * a class make a {@link io.camaudit.proof.ClassProof}, those of all classes {@link
 * io.camaudit.proof.Proofs}, the content of {@code proof.json}. Definitions for readers: {@code
 * docs/evidence.md}.
 */
package io.camaudit.proof;
