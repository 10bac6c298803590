/**
 * Changes pictures as models take them: chooses sets of pixels by heat ({@link
 * io.camaudit.alter.HeatPlaces}) and fills them in from what is around them ({@link
 * io.camaudit.alter.Fill}). Plain arithmetic on arrays that knows no model.
 */
package io.camaudit.alter;
