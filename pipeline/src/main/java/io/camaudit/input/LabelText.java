package io.camaudit.input;

/**
 * What a listing says of an image's class, before a model is asked what it means.
 *
 * @param text a label, or the folders that an image lies in, with slashes between
 * @param folders whether it is folders, whose names count if they name a class of the model
 */
public record LabelText(String text, boolean folders) {}
