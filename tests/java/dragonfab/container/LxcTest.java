package dragonfab.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.recipe.Launch;
import dragonfab.target.ScriptedConnector;
import org.junit.jupiter.api.Test;

class LxcTest {
    static final String ENVIRONMENTS = """
            environments:
              __all__:
                package_name: guestbook
              lxc:
                lxc: guestbook-lxc
              staging:
                lxc: guestbook-staging
                lxc_host: titi.test
              precious:
                lxc: guestbook-lxc
                protected: true
              production:
                hosts: app1.test
            """;
    static final String STATE = "[root] lxc-info -n guestbook-lxc -sH";
    static final String REMOVE =
            "[root] sh -c 'lxc-stop -k -n \"$1\" 2>/dev/null; lxc-destroy -s -n \"$1\"' sh guestbook-lxc";
    static final String BUILDS = "[root] build-list guestbook";
    static final String DISCARD = "[root] build-discard guestbook guestbook-lxc";
    static final String CLONE = "[root] lxc-clone guestbook-lxc vanilla snapshot 00:16:3e:36:3b:6d privileged";

    final ScriptedConnector world = new ScriptedConnector();

    @Test
    void makesAndStartsAContainerThatIsMissing() {
        world.here().answering(STATE, 1, "").answering("[root] lxc-info -n vanilla -sH", "STOPPED\n")
                .answering(CLONE, "snapshot\n").answering("[root] lxc-ready guestbook-lxc 60", "started\n10.0.3.7\n");

        var launch = lxc("lxc", "create");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("$ " + CLONE + "\n$ [root] lxc-ready guestbook-lxc 60\n", world.here().changes());
        assertEquals("""
                changed    local: clone vanilla to guestbook-lxc
                changed    local: start guestbook-lxc
                2 changed
                """, launch.out());
    }

    @Test
    void hasNothingToDoWhereTheContainerIsAsWanted() {
        world.here().answering(STATE, "RUNNING\n");
        assertEquals("unchanged  local: create guestbook-lxc: it is there and runs\n1 unchanged\n",
                lxc("lxc", "create").out());
        assertEquals("unchanged  local: start guestbook-lxc: it runs already\n1 unchanged\n",
                lxc("lxc", "start").out());

        world.at("titi.test").answering("[root] lxc-info -n guestbook-staging -sH", 0, "STOPPED\n")
                .answering("[root] lxc-info -n guestbook-staging -sH", 1, "").answering(BUILDS, "");
        assertEquals("unchanged  titi.test: stop guestbook-staging: it is stopped already\n1 unchanged\n",
                lxc("staging", "stop").out());
        assertEquals("unchanged  titi.test: stop guestbook-staging: there is none\n1 unchanged\n",
                lxc("staging", "stop").out());
        assertEquals("unchanged  titi.test: remove guestbook-staging: there is none\n1 unchanged\n",
                lxc("staging", "remove").out());
        assertEquals("", world.changes());
    }

    @Test
    void startsNoContainerThatWasNeverMade() {
        world.here().answering(STATE, 1, "");

        var launch = lxc("lxc", "start");

        assertEquals(1, launch.exit());
        assertEquals("""
                lxc: local: there is no container guestbook-lxc
                try: jbang lxc@dragonfab lxc create
                """, launch.err());
    }

    @Test
    void onlyTellsInADryRun() {
        world.here().answering(STATE, "RUNNING\n").answering(BUILDS, "");

        assertTrue(lxc("precious", "remove", "-n").out().startsWith("planned    local: remove guestbook-lxc\n"));
        assertTrue(lxc("lxc", "stop", "-n").out().startsWith("planned    local: stop guestbook-lxc\n"));
        assertTrue(lxc("lxc", "snapshot", "-n").out()
                .startsWith("planned    local: take a snapshot of guestbook-lxc\n"));
        assertEquals("", world.changes());
    }

    @Test
    void removesWhenThePersonAgrees() {
        world.person(true).here().answering(STATE, "RUNNING\n").answering(BUILDS, "");

        assertEquals(0, lxc("lxc", "remove").exit());

        assertEquals("$ " + REMOVE + "\n", world.here().changes());
        assertEquals("guestbook-lxc and its snapshots would be gone; go on (yes/no)? ", world.asked());
    }

    @Test
    void removesNothingWithoutAYes() {
        world.here().answering(STATE, "STOPPED\n").answering(BUILDS,
                "guestbook-lxc-build guestbook-lxc STOPPED -\n");

        var nobody = lxc("lxc", "remove");
        assertEquals(3, nobody.exit());
        assertEquals("""
                lxc: lxc: nobody is here to ask, and guestbook-lxc and its snapshots would be gone
                try: jbang lxc@dragonfab lxc remove --yes
                """, nobody.err());
        world.person(false);
        assertEquals(3, lxc("lxc", "remove").exit());
        assertEquals("", world.changes());
    }

    @Test
    void removesAProtectedOneOnlyWithYes() {
        world.person(true).here().answering(STATE, "STOPPED\n").answering(BUILDS, "");

        var launch = lxc("precious", "remove");
        assertEquals(3, launch.exit());
        assertEquals("lxc: precious: is protected, and guestbook-lxc and its snapshots would be gone\n"
                + "try: jbang lxc@dragonfab precious remove --yes\n", launch.err());
        assertEquals("", world.changes());

        assertEquals(0, lxc("precious", "remove", "--yes").exit());
        assertEquals("$ " + REMOVE + "\n", world.here().changes());
    }

    @Test
    void removesItsBuildContainersToo() {
        world.here().answering(STATE, 1, "").answering(BUILDS, """
                guestbook-lxc-build guestbook-lxc STOPPED -
                guestbook-lxc-build-7 guestbook-lxc RUNNING runs
                """).answering(DISCARD, "kept guestbook-lxc-build-7\nkept guestbook-lxc-build\n");

        assertEquals("""
                unchanged  local: remove guestbook-lxc: there is none
                unchanged  local: remove the build containers of guestbook-lxc
                note       local: guestbook-lxc-build-7 stays: a build runs in it
                note       local: guestbook-lxc-build stays: a build runs in it
                2 unchanged
                """, lxc("lxc", "remove").out());
        assertEquals("$ " + DISCARD + "\n", world.here().changes());
    }

    @Test
    void leavesThoseOfAnotherContainerOfTheProject() {
        world.here().answering(STATE, 1, "").answering(BUILDS, "shop-build shop STOPPED -\n");

        assertEquals(0, lxc("lxc", "remove").exit());

        assertEquals("", world.changes());
    }

    @Test
    void whatCannotBeAskedIsNotTakenForNone() {
        world.here().answering(STATE, 1, "").answering(BUILDS, 1, "", "sudo: a password is required\n");

        for (var action : new String[] {"remove", "list"}) {
            var launch = lxc("lxc", action);
            assertEquals(1, launch.exit(), launch.out());
            assertEquals("", launch.out());
        }
        assertEquals("", world.changes());
    }

    @Test
    void namesTheRemedyForAFrozenContainer() {
        world.here().answering(STATE, "FROZEN\n");

        for (var action : new String[] {"create", "start", "stop", "snapshot"}) {
            var launch = lxc("lxc", action);
            assertEquals(1, launch.exit());
            assertEquals("lxc: local: guestbook-lxc is frozen, and nothing in it goes on\n"
                    + "try: sudo lxc-unfreeze -n guestbook-lxc\n", launch.err());
        }
    }

    @Test
    void listsAllContainersOfTheMachineAndTheSnapshotsOfOurs() {
        world.here().answering(STATE, "RUNNING\n")
                .answering(BUILDS, "guestbook-lxc-build guestbook-lxc STOPPED -\nguestbook-build - STOPPED runs\n")
                .answering("[root] lxc-ls -f -F NAME,STATE,IPV4,UNPRIVILEGED", """
                        NAME          STATE   IPV4                 UNPRIVILEGED
                        guestbook-lxc RUNNING 10.0.3.7, 172.17.0.1 false       \s
                        vanilla       STOPPED -                    false       \s
                        """)
                .answering("[root] lxc-snapshot -n guestbook-lxc -L -C", """
                        snap10 (/var/lib/lxc/guestbook-lxc/snaps) 2026:11:21 02:44:29
                        snap2 (/var/lib/lxc/guestbook-lxc/snaps) 2026:11:21 02:44:29
                        before the migration
                        snap0 (/var/lib/lxc/guestbook-lxc/snaps) 2026:11:21 02:43:56
                        """);

        var launch = lxc("lxc", "list");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                container      state    address               unprivileged
                guestbook-lxc  RUNNING  10.0.3.7, 172.17.0.1  false
                vanilla        STOPPED                        false
                container            of             state    build
                guestbook-lxc-build  guestbook-lxc  STOPPED
                guestbook-build                     STOPPED  runs
                snapshot  at                   comment
                snap0     2026-11-21 02:43:56
                snap2     2026-11-21 02:44:29  before the migration
                snap10    2026-11-21 02:44:29
                """, launch.out());
    }

    @Test
    void takesASnapshotAndBringsTheContainerUpAgain() {
        world.here().answering(STATE, "RUNNING\n").answering("[root] lxc-snapshot guestbook-lxc 'before it'", "snap3\n")
                .answering("[root] lxc-ready guestbook-lxc 60", "running\n10.0.3.7\n");

        var launch = lxc("lxc", "snapshot", "before it");

        assertEquals(0, launch.exit(), launch.err());
        assertEquals("""
                changed    local: take a snapshot of guestbook-lxc
                note       local: the snapshot is snap3
                unchanged  local: see that guestbook-lxc is up again
                1 changed, 1 unchanged
                """, launch.out());
    }

    @Test
    void restoresAStoppedContainerAndLeavesItStopped() {
        world.here().answering(STATE, "STOPPED\n").answering("[root] lxc-snapshot -n guestbook-lxc -L -C",
                "snap3 (/var/lib/lxc/guestbook-lxc/snaps) 2026:11:21 02:44:29\n");

        assertEquals(0, lxc("lxc", "restore", "snap3", "-y").exit());
        assertEquals("lxc: local: guestbook-lxc has no snapshot snap\ntry: jbang lxc@dragonfab lxc list\n",
                lxc("lxc", "restore", "snap", "-y").err());

        assertEquals("$ [root] lxc-restore guestbook-lxc snap3\n", world.here().changes());
    }

    @Test
    void refusesWordsThatMakeNoSense() {
        assertEquals(2, lxc("lxc", "restore").exit());
        assertEquals(2, lxc("lxc", "stop", "now").exit());
        assertEquals(2, lxc("lxc", "explode").exit());
        assertEquals(2, lxc("production", "stop").exit());
    }

    @Test
    void saysThatLxcIsMissing() {
        world.here().answering(STATE, 127, "", "lxc-info: not found\n");

        var launch = lxc("lxc", "list");

        assertEquals(1, launch.exit());
        assertEquals("lxc: local: LXC is not installed there\ntry: jbang init@dragonfab lxc\n", launch.err());
    }

    private Launch lxc(String... arguments) {
        return Launch.of(ENVIRONMENTS, "lxc", world, arguments);
    }
}
