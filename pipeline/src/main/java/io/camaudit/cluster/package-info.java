/**
 * Finds groups among points by a graph of nearest neighbours: spectral clustering, made so that the
 * same points always give the same groups. Start from {@link io.camaudit.cluster.SpectralClusters}.
 * Plain arithmetic on arrays that knows nothing of images.
 */
package io.camaudit.cluster;
