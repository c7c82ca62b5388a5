package dragonfab.ways;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What came of a command. */
record Ran(int exit, String out, String err) {

    /** Its output, once it is sure that the command ended well. */
    String well() {
        assertEquals(0, exit, () -> "exit " + exit + "\n" + out + err);
        return out;
    }
}
