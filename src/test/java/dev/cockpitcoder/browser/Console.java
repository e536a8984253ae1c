package dev.cockpitcoder.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The web console in a browser of its own, as its user handles it. */
final class Console {
    static final ReducedMotion STILL = ReducedMotion.REDUCE;
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PATIENCE_MS = PATIENCE.toMillis();
    private static final Path SCREENSHOTS = Path.of(System.getProperty("it.directory"), "../screenshots");

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private final String name;

    Console(String name, BrowserContext context) {
        this.name = name;
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().matches("(https?|wss?)://127\\.0\\.0\\.1:\\d+/.*|(blob|data):.*")) {
                complaints.add("asked for " + request.url());
            }
        });
    }

    Page page() {
        return page;
    }

    Locator part(String testid) {
        return page.getByTestId(testid);
    }

    Console open(String link) {
        page.navigate(link);
        part("repo-card").first().waitFor();
        return this;
    }

    void startSession() {
        part("repo-card").getByTestId("new-session").click();
        awaitState("connected");
    }

    void awaitState(String state) {
        assertThat(part("connection-state"))
                .hasAttribute(
                        "data-state",
                        state,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions()
                                .setTimeout(PATIENCE_MS));
    }

    void type(String text) {
        page.keyboard().type(text);
        page.keyboard().press("Enter");
    }

    String text() {
        return (String) page.evaluate("window.__cockpit.terminalText()");
    }

    /** What the screen shows, line by line, and where the cursor is. */
    @SuppressWarnings("unchecked")
    Map<String, Object> cells() {
        return (Map<String, Object>) page.evaluate("window.__cockpit.terminalCells()");
    }

    /** For another device. */
    String newPairingCode() {
        part("pair-device").click();
        String code = part("new-pairing-code").textContent();
        page.keyboard().press("Escape");
        return code;
    }

    void awaitText(String wanted) {
        page.waitForFunction(
                "wanted => window.__cockpit.terminalText().includes(wanted)",
                wanted,
                new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
    }

    /** The last line with text is not clipped, whoever the screen was sized for. */
    void awaitPromptInSight() {
        page.waitForFunction("""
                () => {
                  const pane = document.querySelector('.pane:not([hidden]) [data-testid=terminal]').getBoundingClientRect();
                  const lines = [...document.querySelectorAll('.pane:not([hidden]) .xterm-rows > div')];
                  const last = lines.filter(line => line.textContent.trim()).at(-1).getBoundingClientRect();
                  return last.top >= pane.top - 1 && last.bottom <= pane.bottom + 1;
                }""");
    }

    void screenshot(String of) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + "-" + of + ".png").normalize()));
    }

    /** No error on the page, nothing its security policy had to stop, nothing from elsewhere. */
    void expectNoComplaints() {
        assertThat(complaints).isEmpty();
    }
}
