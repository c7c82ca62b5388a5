package dragonfab.config;

import dragonfab.shell.Plain;
import java.util.ArrayList;
import java.util.List;

/** A line as the words that a POSIX shell reads in it: quotes and backslashes, and nothing is expanded. */
final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        var words = new ShellWords(line);
        while (words.at < line.length()) {
            words.step(line.charAt(words.at++));
        }
        words.finish();
        return List.copyOf(words.words);
    }

    static String joined(String first, List<String> rest) {
        var line = new StringBuilder(Plain.quoted(first));
        rest.forEach(word -> line.append(' ').append(Plain.quoted(word)));
        return line.toString();
    }

    private void step(char next) {
        if (next == ' ' || next == '\t' || next == '\n') {
            finish();
        } else if (next == '\'') {
            word().append(line, at, at = end());
            at++;
        } else if (next == '"') {
            doubleQuoted();
        } else if (next == '\\') {
            word().append(escaped());
        } else {
            word().append(next);
        }
    }

    private int end() {
        var end = line.indexOf('\'', at);
        if (end < 0) {
            throw new IllegalArgumentException("has a quote that is not closed");
        }
        return end;
    }

    private void doubleQuoted() {
        word();
        while (at < line.length() && line.charAt(at) != '"') {
            var next = line.charAt(at++);
            var escapes = next == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
            word.append(escapes ? line.charAt(at++) : next);
        }
        if (at++ >= line.length()) {
            throw new IllegalArgumentException("has a quote that is not closed");
        }
    }

    private char escaped() {
        if (at >= line.length()) {
            throw new IllegalArgumentException("ends in a backslash");
        }
        return line.charAt(at++);
    }

    private StringBuilder word() {
        return word = word == null ? new StringBuilder() : word;
    }

    private void finish() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
