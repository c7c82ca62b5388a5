package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScramVerifierTest {
    /** The test vector of RFC 7677; its password is "pencil". */
    private static final String SERVERS = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    @Test
    void knowsThePasswordOfAVerifier() {
        assertTrue(ScramVerifier.matches(SERVERS, "pencil"));
        assertFalse(ScramVerifier.matches(SERVERS, "Pencil"));
        assertFalse(ScramVerifier.matches("md5abc", "pencil"));
    }

    @Test
    void whatItWritesItKnowsAgain() {
        var verifier = ScramVerifier.of("p'a\"ss ü").text();

        assertTrue(ScramVerifier.matches(verifier, "p'a\"ss ü"));
        assertFalse(verifier.contains("p'a"));
    }
}
