/** What every part shares: exit codes, the user's mistakes, guessing what was meant, progress. */
package io.camaudit;
