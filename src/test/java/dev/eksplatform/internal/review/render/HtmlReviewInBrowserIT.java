package dev.eksplatform.internal.review.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(page.getAttribute("svg.wide", "role")).isEqualTo("img");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280, 1920})
    void nothingIsCutOffAtAnyWidth(int width) {
        page.setViewportSize(width, 900);
        assertThat((Boolean) page.evaluate("w => document.documentElement.scrollWidth <= w", width))
                .isTrue();
        assertThat(pictures()).isEqualTo(width <= 720 ? "[narrow]" : "[wide]");
        assertThat(outside()).isEmpty();
        assertThat((Boolean) page.evaluate("""
                () => { const shown = [...document.querySelectorAll('svg.wide, svg.narrow')].find(e => e.clientWidth > 0);
                  return shown.getBoundingClientRect().right <= document.documentElement.clientWidth; }""")).isTrue();
    }

    /** The drawings that are shown. */
    private String pictures() {
        return page.evaluate(
                        "[...document.querySelectorAll('svg.wide, svg.narrow')].filter(e => e.getClientRects().length)"
                                + ".map(e => e.getAttribute('class'))")
                .toString();
    }

    /** The texts that are not within a rectangle of the drawing. */
    private List<?> outside() {
        return (List<?>) page.evaluate("""
                () => { const svg = [...document.querySelectorAll('svg.wide, svg.narrow')].find(e => e.getClientRects().length);
                  const boxes = [...svg.querySelectorAll('rect')].map(e => e.getBBox());
                  return [...svg.querySelectorAll('text')].filter(text => { const t = text.getBBox();
                    return !boxes.some(b => t.x >= b.x && t.x + t.width <= b.x + b.width && t.y >= b.y - 1
                      && t.y + t.height <= b.y + b.height + 1); }).map(text => text.textContent); }""");
    }

    @Test
    void noArrowCrossesABoxAndEachHasAHead() {
        page.setViewportSize(1280, 900);
        assertThat(page.locator("svg.wide path[marker-end]").count()).isPositive();
        assertThat((List<?>) page.evaluate("""
                () => { const svg = document.querySelector('svg.wide');
                  const boxes = [...svg.querySelectorAll('rect.box')].map(e => e.getBBox());
                  return [...svg.querySelectorAll('path[marker-end]')].filter(path => {
                    const head = path.getAttribute('marker-end').slice(5, -1);
                    const length = path.getTotalLength();
                    const crosses = [...Array(200).keys()].some(i => { const p = path.getPointAtLength(2 + i / 200 * (length - 4));
                      return boxes.some(b => p.x > b.x && p.x < b.x + b.width && p.y > b.y && p.y < b.y + b.height); });
                    return crosses || !document.getElementById(head); }).map(path => path.getAttribute('d')); }""")).isEmpty();
    }

    @Test
    void foldedPartsAreOpenOnPaper() {
        assertThat(page.locator("details:not([open])").count()).isPositive();
        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(page.locator("details:not([open])").count()).isZero();
        page.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(page.locator("details:not([open])").count()).isPositive();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.setViewportSize(600, 900);
        assertThat(pictures()).isEqualTo("[wide]");
        assertThat(page.isVisible(".bar")).isFalse();
    }

    @Test
    void whatIsOpenToEveryoneIsRed() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.locator("svg.wide text.what.open").first().textContent())
                .startsWith("open to everyone");
        assertThat((String) page.evaluate("getComputedStyle(document.querySelector('svg.wide text.what.open')).fill"))
                .isEqualTo("rgb(177, 18, 31)");
    }
}
