package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What stands beside host, port and user, in libpq's own words. */
class ServerAccessTest {
    @Test
    void whatIsNotSetIsLeftToLibpq() {
        assertEquals("", ServerAccess.PLAIN.options("db.example.com", 5433, "postgres"));
        assertEquals("sslmode='verify-full' sslrootcert='/etc/it\\'s.pem'",
                new ServerAccess(null, "verify-full", "/etc/it's.pem", true).options("db.example.com", 5433, "boss"));
    }

    @Test
    void ofAServiceOnlyWhatIsSetIsOverruled() {
        assertEquals("service='live'", new ServerAccess("live", null, null, false).options(null, null, "postgres"));
        assertEquals("service='live' host='db' port='5433' user='boss'",
                new ServerAccess("live", null, null, true).options("db", 5433, "boss"));
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertTrue(ServerOffer.isOlder("1.9", "1.10"));
        assertTrue(ServerOffer.isOlder("1", "1.1"));
        assertFalse(ServerOffer.isOlder("1.10", "1.9"));
        assertFalse(ServerOffer.isOlder("unpackaged", "1.9"));
    }
}
