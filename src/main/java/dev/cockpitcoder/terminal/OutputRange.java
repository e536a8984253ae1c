package dev.cockpitcoder.terminal;

import jakarta.json.Json;
import jakarta.ws.rs.core.Response;

import dev.cockpitcoder.problem.Problem;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * A piece of a terminal's output.
 *
 * @param from the offset of the first byte: more than was asked for when that is no longer kept
 * @param oldest what was kept when it was read, up to {@code head}
 */
record OutputRange(long from, byte[] bytes, long oldest, long head) {
    static final int MAX_BYTES = 1 << 20;
    private static final String NUMBER = "\\d{1,18}";

    /**
     * @param from null or empty for the oldest byte that is kept
     * @param limit null or empty for {@value #MAX_BYTES}, which is also the most
     * @throws ProblemException INVALID
     */
    static Response answer(OutputLog log, String from, String limit) {
        long first = number("from", from, log.oldest());
        long most = number("limit", limit, MAX_BYTES);
        if (most == 0) {
            throw new ProblemException(ProblemCode.INVALID, "limit must be 1 or more.");
        }
        if (first > log.head()) {
            return notThere(log);
        }
        return read(log, first, (int) Math.min(most, MAX_BYTES)).answer();
    }

    static OutputRange read(OutputLog log, long from, int limit) {
        long start = from;
        while (true) {
            start = Math.max(start, log.oldest());
            byte[] bytes = new byte[(int) Math.min(limit, log.head() - start)];
            if (log.read(start, bytes, 0, bytes.length) != OutputLog.OVERTAKEN) {
                return new OutputRange(start, bytes, log.oldest(), log.head());
            }
        }
    }

    private Response answer() {
        long to = from + bytes.length;
        // a Content-Range cannot be empty (RFC 9110, section 14.4)
        Response.ResponseBuilder answer = bytes.length == 0
                ? Response.noContent()
                : Response.status(Response.Status.PARTIAL_CONTENT)
                        .entity(bytes)
                        .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + head);
        return answer.header("Output-From", from)
                .header("Output-To", to)
                .header("Output-Oldest", oldest)
                .header("Output-Head", head)
                .build();
    }

    private static Response notThere(OutputLog log) {
        long oldest = log.oldest();
        long head = log.head();
        return Response.status(ProblemCode.RANGE_NOT_SATISFIABLE.status())
                .type(Problem.MEDIA_TYPE)
                .header("Content-Range", "bytes */" + head)
                .entity(Json.createObjectBuilder(Problem.body(
                                ProblemCode.RANGE_NOT_SATISFIABLE,
                                "The output is kept from " + oldest + " and ends before " + head + "."))
                        .add("oldest", oldest)
                        .add("head", head)
                        .build()
                        .toString())
                .build();
    }

    private static long number(String name, String text, long absent) {
        if (text == null || text.isEmpty()) {
            return absent;
        }
        if (!text.matches(NUMBER)) {
            throw new ProblemException(ProblemCode.INVALID, name + " must be a whole number, 0 or more.");
        }
        return Long.parseLong(text);
    }
}
