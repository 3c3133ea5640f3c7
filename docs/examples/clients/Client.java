import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A client that waits for a folder and says whether somebody passes; the standard library is enough.
 *
 * <p>Run by {@code oz-status try-client -- java Client.java [MISTAKE]}. Without a mistake it is right.
 */
public class Client {
  static final Map<String, String> ENDS =
      Map.of(
          "SUCCESS", "passed",
          "DECLINED", "declined",
          "FAILED", "failed",
          "OPERATOR_REQUIRED", "operator-required");
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static String mistake = "";

  public static void main(String[] args) throws InterruptedException {
    mistake = args.length > 0 ? args[0] : "";
    long seconds = Long.parseLong(System.getenv().getOrDefault("OZ_DEADLINE_SECONDS", "3"));
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    String decision = "timeout";
    while (System.nanoTime() < end) {
      String folder = poll();
      String found = folder == null ? null : decide(folder);
      if (mistake.equals("completion-on-every-poll") && folder != null) print(found == null ? "pending" : found);
      if (found != null) {
        decision = found;
        break;
      }
      Thread.sleep(20);
    }
    if (!mistake.equals("completion-on-every-poll")) print(decision);
    if (mistake.equals("acts-on-callbacks")) {
      for (String line : callbacks().split("\n")) if (line.contains("\"state\":\"finished\"")) print(decision);
    }
    System.exit(decision.equals("passed") ? 0 : decision.equals("declined") ? 1 : 2);
  }

  static void print(String decision) {
    System.out.println("{\"decision\":\"" + decision + "\"}");
  }

  /** One answer, or null where none came: a fault of the way says nothing of the folder. */
  static String poll() throws InterruptedException {
    var path = "/api/folders/" + System.getenv("OZ_FOLDER_ID") + "?with_analyses=true";
    var request =
        HttpRequest.newBuilder(URI.create(System.getenv("OZ_BASE_URL") + path))
            .header("X-Forensic-Access-Token", System.getenv("OZ_TOKEN"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : null;
    } catch (java.io.IOException broken) {
      return null;
    }
  }

  /** The callbacks of the web plugin that have arrived, where it has posted the folder. */
  static String callbacks() throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(System.getenv("OZ_CALLBACKS_URL"))).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (java.io.IOException broken) {
      return "";
    }
  }

  /** The values of a member in the order in which they stand; those of the folder come first. */
  static List<String> values(String folder, String member) {
    return Pattern.compile("\"" + member + "\":\"([^\"]*)\"").matcher(folder).results().map(found -> found.group(1)).toList();
  }

  static String named(String status) {
    return ENDS.getOrDefault(status, "unknown");
  }

  /** What the folder means, or null while nobody knows. */
  static String decide(String folder) {
    var stages = values(folder, "resolution_status");
    var stage = stages.get(0);
    var results = stages.subList(1, stages.size());
    var result = values(folder, "system_resolution").get(0);
    switch (mistake) {
      case "finished-is-a-pass":
        return stage.equals("FINISHED") ? "passed" : stage.equals("FAILED") ? "failed" : null;
      case "not-processing-is-done":
        return stage.equals("PROCESSING") ? null : named(result);
      case "one-analysis-watched":
        return results.isEmpty() || results.get(0).equals("PROCESSING") ? null : named(results.get(0));
      default:
    }
    var isComplete = values(folder, "type").containsAll(List.of("QUALITY", "BIOMETRY"));
    if (results.contains("PROCESSING") || !isComplete) return mistake.equals("one-poll") ? "declined" : null;
    if (mistake.equals("four-ends-folded-into-two"))
      return results.stream().allMatch("SUCCESS"::equals) ? "passed" : "declined";
    if (mistake.equals("later-success-masks")) return named(result);
    if (!ENDS.containsKey(result) || !ENDS.keySet().containsAll(results)) return "unknown";
    for (var status : List.of("DECLINED", "FAILED", "OPERATOR_REQUIRED")) if (results.contains(status)) return named(status);
    return "passed";
  }
}
