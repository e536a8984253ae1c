package dev.cockpitcoder.event;

import java.util.regex.Pattern;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The {@code seq} a client has already, as it says it. */
final class ResumePoint {
    private static final Pattern SEQ = Pattern.compile("\\d{1,18}");

    private ResumePoint() {}

    /**
     * @param name what the client calls it
     * @throws ProblemException INVALID
     */
    static long parse(String name, String text) {
        if (!SEQ.matcher(text).matches()) {
            throw new ProblemException(ProblemCode.INVALID, name + " must be a whole number of 0 or more.");
        }
        return Long.parseLong(text);
    }
}
