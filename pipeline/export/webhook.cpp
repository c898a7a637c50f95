#include "pipeline/export/webhook.h"

#include <fmt/core.h>

#include <algorithm>
#include <thread>

#include "core/digest.h"
#include "core/durable.h"
#include "core/texts/json.h"
#include "signing/online/http_client.h"
#include "signing/pades/detached_cms.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The progress of one receiver.
class Progress {
 public:
  Progress(const Site& site, const std::string& url)
      : file_(site.state() / "events" / (sha256(url).hex().substr(0, 16) + ".json")), url_(url) {
    std::error_code error;
    if (!fs::is_regular_file(file_, error)) return;
    const json value = parseJsonOrDiscard(readFile(file_));
    if (value.is_object() && value.value("url", "") == url)
      next_ = value.value("next", std::uint64_t{1});
  }
  std::uint64_t next() const { return next_; }
  void moveTo(std::uint64_t next) {
    next_ = next;
    createFoldersDurably(fs::absolute(file_).parent_path());
    writeFileDurably(file_, jsonText(json{{"url", url_}, {"next", next_}}) + "\n");
  }

 private:
  fs::path file_;
  std::string url_;
  std::uint64_t next_ = 1;
};

/// Sleeps in short intervals, so that a signal is noticed.
void waitFor(std::chrono::milliseconds time, const std::atomic<bool>& stop) {
  constexpr std::chrono::milliseconds kPiece{100};
  for (auto left = time; left.count() > 0 && !stop; left -= kPiece) {
    std::this_thread::sleep_for(std::min(left, kPiece));
  }
}

bool worthRepeating(int status) {
  return status >= 500 || status == 408 || status == 425 || status == 429;
}

/// True when the receiver has acknowledged the event; else `problem` says why not.
bool deliver(HttpClient& client, const WebhookTarget& target, const StatusEvent& event,
             const std::atomic<bool>& stop, std::string& problem) {
  HttpRequest request;
  request.url = target.url;
  request.body = toJson(event);
  request.contentType = "application/json";
  request.headers.push_back({"X-Sohoa-Position", std::to_string(event.position)});
  if (!target.secret.empty()) {
    request.headers.push_back(
        {"X-Sohoa-Signature", "sha256=" + hmacSha256(target.secret, request.body)});
  }
  auto wait = target.firstWait;
  for (int attempt = 1; !stop; ++attempt) {
    const auto reply = client.send(request);
    if (reply && reply->status >= 200 && reply->status < 300) return true;
    problem = reply ? fmt::format("the receiver answered {}", reply->status) : reply.error().detail;
    if (reply && !worthRepeating(reply->status)) return false;
    if (target.attempts > 0 && attempt >= target.attempts) return false;
    waitFor(wait, stop);
    wait = std::min(wait * 2, target.longestWait);
  }
  problem.clear();  // interrupted: not an error
  return false;
}

}  // namespace

WebhookResult deliverEvents(const Site& site, const WebhookTarget& target, std::uint64_t from,
                            bool follow, const std::atomic<bool>& stop) {
  Progress progress(site, target.url);
  EventStream stream;
  stream.from = from > 0 ? from : progress.next();
  stream.follow = follow;
  WebhookResult result;
  result.next = stream.from;
  HttpClient client;
  bool whole = true;
  const std::uint64_t end = streamEvents(site, stream, stop, [&](const StatusEvent& event) {
    whole = deliver(client, target, event, stop, result.problem);
    if (!whole) {
      if (!result.problem.empty())
        result.problem = fmt::format("position {}: {}", event.position, result.problem);
      return false;
    }
    result.problem.clear();
    ++result.delivered;
    result.next = event.position + 1;
    progress.moveTo(result.next);
    return true;
  });
  if (whole && end > result.next) result.next = end;  // the remaining entries changed no status
  return result;
}

}  // namespace sohoa
