package io.oasis.it.harness;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, with a profile of its own. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** It warns of every browser that is newer than itself; kept here so that it stays quiet. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;
  private final String address;

  private Browser(ChromeDriver driver, String address) {
    this.driver = driver;
    this.address = address;
  }

  /**
   * Starts the browser that this machine has.
   *
   * @param folder where its profile goes
   * @param address of the console
   */
  public static Browser start(Path folder, String address) {
    var options = new ChromeOptions();
    options.setBinary(find("chromium", "google-chrome", "chromium-browser").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1440,900",
        "--lang=en",
        "--user-data-dir=" + profile(folder));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver").toFile())
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            // The zone of the server: else the console loads the browser's first page a second
            // time,
            // and what was typed into it meanwhile is lost.
            .withEnvironment(Map.of("TZ", "UTC"))
            .withLogFile(new File(folder.toFile(), "chromedriver.log"))
            .build();
    return new Browser(new ChromeDriver(service, options), address);
  }

  /** Goes to a page of the console. */
  public void open(String path) {
    driver.get(address + path);
  }

  /** Fills in the sign-in page and waits until it is left. */
  public void signIn(String user, String password) {
    open("/");
    driver.findElement(By.name("username")).sendKeys(user);
    var field = driver.findElement(By.cssSelector("input[type=password]"));
    field.sendKeys(password);
    field.submit();
    new WebDriverWait(driver, PATIENCE)
        .until(
            ExpectedConditions.invisibilityOfElementLocated(
                By.cssSelector("input[type=password]")));
  }

  /** Is there an element for this CSS selector? */
  public boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  /** What a person can read on the page. */
  public String text() {
    // In one step: the page may be left between the search for an element and the look into it.
    return (String)
        driver.executeScript("return document.body === null ? '' : document.body.innerText");
  }

  /** Clicks what this CSS selector finds first, as soon as it is there. */
  public void click(String selector) {
    onceClickable(selector, WebElement::click);
  }

  /** Presses the mouse's button on what this CSS selector finds first, until {@link #release}. */
  public void press(String selector) {
    onceClickable(selector, found -> new Actions(driver).clickAndHold(found).perform());
  }

  /** Lets the mouse's button go. */
  public void release() {
    new Actions(driver).release().perform();
  }

  private void onceClickable(String selector, Consumer<WebElement> use) {
    // A live part of the page may be replaced between the search and the use.
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(
            page -> {
              var found =
                  ExpectedConditions.elementToBeClickable(By.cssSelector(selector)).apply(page);
              if (found == null) {
                return false;
              }
              use.accept(found);
              return true;
            });
  }

  /** Types into a field in place of what it holds. */
  public void type(String selector, String text) {
    var field = driver.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  /** Chooses an entry of a list by its value. */
  public void choose(String selector, String value) {
    new Select(driver.findElement(By.cssSelector(selector))).selectByValue(value);
  }

  /** Path and query of the page that is shown. */
  public String path() {
    return driver.getCurrentUrl().substring(address.length());
  }

  /** Likes the console in this language ({@code en}, {@code zh-CN}) and theme from now on. */
  public void likes(String language, String theme) {
    driver.manage().addCookie(new Cookie("oasis_language", language));
    driver.manage().addCookie(new Cookie("oasis_theme", theme));
  }

  /** How many pixels of the page lie beyond the right edge of the window. */
  public long overflow() {
    return (Long)
        driver.executeScript(
            "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** Tables, and heads of pages, that are wider than their place. */
  @SuppressWarnings("unchecked") // A list of texts, as the script makes it.
  public List<String> sideways() {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll('.wide, .scroll, .page-head')]"
                + ".filter(e => e.offsetParent && e.scrollWidth > e.clientWidth)"
                + ".map(e => e.className + ' by ' + (e.scrollWidth - e.clientWidth) + ' pixels')");
  }

  /**
   * What axe-core finds on the page that keeps people from using it, one line each: the rule, how
   * serious it is, and where.
   */
  public List<String> barriers() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .flatMap(
                rule ->
                    rule.getNodes().stream()
                        .map(
                            node -> rule.getId() + " (" + rule.getImpact() + ") " + node.getHtml()))
            .toList();
  }

  /** Sets the width of the window, to see the page as on a telephone. */
  public void width(int pixels) {
    driver.manage().window().setSize(new Dimension(pixels, 900));
  }

  /**
   * What the browser has complained about since the last call: scripts, policies, missing files.
   */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  /** Keeps what the page looks like in {@code target/screenshots}. */
  public void screenshot(String name) {
    try {
      var folder = Files.createDirectories(Checkout.root().resolve("oasis-it/target/screenshots"));
      Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Path profile(Path folder) {
    try {
      return Files.createTempDirectory(folder, "chromium-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String... names) {
    var folders = System.getenv("PATH").split(File.pathSeparator);
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    String.join(" or ", names) + " is not on the PATH; .ci/run installs it"));
  }
}
