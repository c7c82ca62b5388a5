package dragonfab.shell.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An output for the message when it fails: from its end as far back as memory allows, and the rest is let go. */
public final class Tail {
    /** Two dozen hosts may have much to say at the same time. */
    private static final int MOST = 400_000;
    /** What a line takes besides its letters. */
    private static final int FRAME = 64;

    private final Deque<String> lines = new ArrayDeque<>();
    private int size;
    private long lost;

    public synchronized void add(String line) {
        lines.addLast(line);
        size += line.length() + FRAME;
        while (size > MOST) {
            size -= lines.removeFirst().length() + FRAME;
            lost++;
        }
    }

    public synchronized List<String> lines() {
        var all = new ArrayList<String>();
        if (lost > 0) {
            all.add("(of this output, the first " + lost + (lost == 1 ? " line is" : " lines are") + " not kept)");
        }
        all.addAll(lines);
        return all;
    }
}
