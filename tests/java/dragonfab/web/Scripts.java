package dragonfab.web;

import dragonfab.Script;

/** The scripts of the web server; they lie in the unnamed package, which no source of a package can name. */
final class Scripts {

    private Scripts() {
    }

    static Script mode() {
        return made("WebMode");
    }

    static Script restart() {
        return made("WebRestart");
    }

    private static Script made(String name) {
        try {
            var constructor = Class.forName(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Script) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
