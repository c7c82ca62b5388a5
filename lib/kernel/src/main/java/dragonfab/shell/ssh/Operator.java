package dragonfab.shell.ssh;

import dragonfab.shell.Secret;

/** Whoever sits at the terminal, if anybody does; asked one question at a time. */
public interface Operator {
    Operator NOBODY = new Operator() {
    };

    /** The one at this process's terminal, or {@link #NOBODY}. */
    static Operator atTerminal() {
        return Terminal.isOpen() ? new Terminal() : NOBODY;
    }

    default boolean isThere() {
        return false;
    }

    /** Only the word yes, in full, is a yes. */
    default boolean agrees(String question) {
        return false;
    }

    /** Whether the answer is that word, to the letter. */
    default boolean types(String question, String word) {
        return false;
    }

    /** A passphrase or password; null when there is no answer. */
    default Secret secret(String prompt) {
        return null;
    }
}
