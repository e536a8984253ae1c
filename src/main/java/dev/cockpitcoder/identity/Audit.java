package dev.cockpitcoder.identity;

import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/**
 * One line for every refusal and every change of who may do what, under the logger {@code dev.cockpitcoder.audit}: who, what,
 * and why. It never holds a token, a code or a query string.
 */
@ApplicationScoped
public class Audit {
    private static final Logger LOG = Logger.getLogger("dev.cockpitcoder.audit");

    void refused(HttpServletRequest request, String who, String why) {
        line("refused", who, request.getMethod() + " " + request.getRequestURI(), why, request.getRemoteAddr());
    }

    /** @param what what was done, in the past tense, such as {@code paired} */
    public void done(String who, String what, String about) {
        line("done", who, what, about, "-");
    }

    private static void line(String outcome, String who, String what, String why, String from) {
        LOG.info(() -> "%s who=%s from=%s what=\"%s\" why=\"%s\""
                .formatted(outcome, plain(who), plain(from), plain(what), plain(why)));
    }

    /** No line breaks and no escape sequences from outside, and no line without end. */
    private static String plain(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\"\\u2028\\u2029]", "?");
        return clean.length() > 300 ? clean.substring(0, 300) + "…" : clean;
    }
}
