package dev.eksplatform.internal.review.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.terraform.RequiresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Uses the page as a reader does, in the Chromium on the PATH. */
@RequiresPrograms("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReviewInBrowserIT {

    @TempDir
    Path folder;

    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    void startBrowser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(RequiresPrograms.Condition.path("chromium"))
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openPage() throws IOException {
        Path file = Files.writeString(folder.resolve("review.html"), Rendered.html(Example.replacedCluster()));
        complaints.clear();
        requests.clear();
        context = browser.newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(file.toUri().toString());
    }

    @AfterEach
    void neitherComplainsNorCallsAnybody() {
        assertThat(complaints).isEmpty();
        assertThat(requests).hasSize(1).first().asString().startsWith("file:");
        context.close();
    }

    private int visible(String selector) {
        return ((Number) page.evaluate(
                        "s => [...document.querySelectorAll(s)].filter(e => e.offsetParent !== null).length", selector))
                .intValue();
    }

    @Test
    void filterLeavesWhatMatches() {
        int all = visible(".item");
        page.fill("#filter", "bucket app/data");
        assertThat(visible(".item")).isBetween(1, 3);
        assertThat(page.textContent("#count")).matches("\\d+ of \\d+ shown");
        assertThat(visible("h2#risks")).isOne();
        assertThat(visible("h2#ports")).isZero();
        page.fill("#filter", "no such thing");
        assertThat(visible(".item")).isZero();
        assertThat(page.isVisible("#nothing")).isTrue();
        page.keyboard().press("Escape");
        assertThat(visible(".item")).isGreaterThanOrEqualTo(all);
        assertThat(page.textContent("#count")).isEmpty();
    }

    @Test
    void expandAndCollapseAll() {
        page.click("#expand");
        assertThat(page.locator("details:not([open])").count()).isZero();
        page.click("#collapse");
        assertThat(page.locator("details[open]").count()).isZero();
    }

    @Test
    void isUsedByKeyboardAlone() {
        page.keyboard().press("/");
        assertThat(focused()).isEqualTo("filter");
        page.keyboard().type("jek");
        assertThat(page.inputValue("#filter")).isEqualTo("jek");
        page.keyboard().press("Escape");
        page.keyboard().press("c");
        assertThat(page.locator("details[open]").count()).isZero();
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("details[open]").count()).isOne();
        assertThat((String) page.evaluate("document.querySelector('details[open] .address').textContent"))
                .isEqualTo(page.locator(".card .address").nth(1).textContent());
        page.keyboard().press("k");
        page.keyboard().press("Enter");
        assertThat(page.locator("details[open]").count()).isEqualTo(2);
        page.keyboard().press("?");
        assertThat(page.isVisible("#help")).isTrue();
        assertThat(page.getAttribute("#keys", "aria-expanded")).isEqualTo("true");
        page.keyboard().press("e");
        assertThat(page.locator("details:not([open])").count()).isZero();
    }

    private String focused() {
        return (String) page.evaluate("document.activeElement.id");
    }

    @Test
    void everyControlHasANameAndHeadingsAreInOrder() {
        assertThat(page.locator("h1").count()).isOne();
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "[...document.querySelectorAll('button,input')].every(e => e.textContent.trim() || (e.labels && e.labels.length))"))
                .isTrue();
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "[...document.querySelectorAll('section')].every(s => document.getElementById(s.getAttribute('aria-labelledby')))"))
                .isTrue();
        assertThat(page.getAttribute("svg", "role")).isEqualTo("img");
    }

    @Test
    void fitsANarrowScreen() {
        page.setViewportSize(380, 800);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= 380"))
                .isTrue();
    }
}
