package dragonfab.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.shell.LocalShell;
import dragonfab.shell.Result;
import dragonfab.shell.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes behind the rows is made of rows that were changed, and may not fit them. */
class HeldBackTest {
    @TempDir
    Path folder;

    private Path place;

    @BeforeEach
    void programs() throws IOException {
        program("psql", "cat > /dev/null; echo t");
        program("vacuumdb", "true");
    }

    @Test
    void whatTheNewRowsBreakIsToldWithoutAValue() throws IOException {
        assertEquals("""
                "Other"."My Table": two rows became equal, and My Table_key says that they differ
                """, failing("could not create unique index \"My Table_key\"", "Key (mail)=(poison) is duplicated.", """
                ALTER TABLE ONLY "Other"."My Table"
                    ADD CONSTRAINT "My Table_key" UNIQUE (mail);"""));
        assertEquals("""
                users: two rows became equal, and lower_mail says that they differ
                """,
                failing("could not create unique index \"lower_mail\"", "Key (lower(mail))=(poison) is duplicated.",
                        "CREATE UNIQUE INDEX lower_mail ON public.users USING btree (lower(mail));"));
        assertEquals("invoice refers to rows of \"the (old) customer\" that are not there any more (foreign key"
                + " invoice_code_fkey): give both sides the same rule\n",
                failing("insert or update on table \"invoice\" violates foreign key constraint \"invoice_code_fkey\"",
                        "Key (code)=(poison) is not present in table \"the (old) customer\".", """
                                ALTER TABLE ONLY public.invoice
                                    ADD CONSTRAINT invoice_code_fkey FOREIGN KEY (code)\
                                 REFERENCES public."the (old) customer"(code) ON DELETE CASCADE;"""));
    }

    @Test
    void anyOtherErrorIsToldAsItCame() throws IOException {
        assertEquals("""
                pg_restore: while PROCESSING TOC:
                pg_restore: from TOC entry 7; 2606 16500 CONSTRAINT users users_key app
                pg_restore: error: could not execute query: ERROR:  could not extend file
                HINT:  Check free disk space.
                Command was: ALTER TABLE ONLY public.users
                    ADD CONSTRAINT users_key UNIQUE (mail);
                """, failing("could not extend file\nHINT:  Check free disk space.", "a block",
                "ALTER TABLE ONLY public.users\n    ADD CONSTRAINT users_key UNIQUE (mail);"));
    }

    @Test
    void nothingOfTheArchiveIsLeft() throws IOException {
        program("pg_restore", "true");

        var done = complete();

        assertEquals(0, done.ended().code(), done.err());
        try (var left = Files.list(place)) {
            assertEquals(List.of(place.resolve("lock")), left.toList());
        }
    }

    private String failing(String error, String detail, String command) throws IOException {
        Files.writeString(folder.resolve("said"), """
                pg_restore: while PROCESSING TOC:
                pg_restore: from TOC entry 7; 2606 16500 CONSTRAINT users users_key app
                pg_restore: error: could not execute query: ERROR:  %s
                DETAIL:  %s
                Command was: %s
                """.formatted(error, detail, command));
        program("pg_restore", "case \"$*\" in -l*) ;; *) cat '" + folder.resolve("said") + "' >&2; exit 1 ;; esac");
        var done = complete();
        assertFalse(done.ended().ok(), done.err());
        return done.err();
    }

    /** In a folder of its own, for what ends with an error lets go of its lock a moment later. */
    private Result complete() throws IOException {
        place = Files.createTempDirectory(folder, "load");
        Files.writeString(place.resolve("run.list"), "the beginning of an archive");
        return new LocalShell(folder, null).ask(ShellScript
                .after(List.of("database/prelude", "database/owners", "database/restore.bash"),
                        "database/complete.bash", "none", "", "", "", "", place, "app", "run", "app", "app",
                        "tablespaces")
                .behind("env", "PATH=" + folder + ":/usr/bin:/bin"));
    }

    private void program(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }
}
