package dragonfab.shell;

/** A whole command as one word, for commands that take a line for another shell. */
public record Nested(Command command) implements Word {

    @Override
    public String typed() {
        return new Plain(command.line()).typed();
    }

    @Override
    public String shown() {
        return new Plain(command.shown()).typed();
    }

    /** For messages, without the text of scripts. */
    String brief() {
        return new Plain(command.brief()).typed();
    }

    /** For a dry run. */
    String folded() {
        return new Plain(command.folded()).typed();
    }
}
