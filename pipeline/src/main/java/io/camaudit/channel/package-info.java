/**
 * What each channel of a model's layer gave to its answers: vectors of images, their files, and
 * what those of a class say together.
 */
package io.camaudit.channel;
