/** What every part shares: exit codes, the user's mistakes, and guessing what was meant. */
package io.camaudit;
