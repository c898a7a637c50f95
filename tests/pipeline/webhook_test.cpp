#include "pipeline/export/webhook.h"

#include <gmock/gmock.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "pipeline/results/result_status.h"
#include "signing/pades/detached_cms.h"
#include "tests/pipeline/filed_site.h"
#include "tests/support/http_server.h"

namespace sohoa {
namespace {

using nlohmann::json;
using test::FiledSite;
using testing::ElementsAre;

const std::atomic<bool> kNever{false};

/// A receiver that keeps what it acknowledged; `answer` decides.
class Receiver {
 public:
  explicit Receiver(std::function<int(int request)> answer)
      : answer_(std::move(answer)), server_([this](const test::ServedRequest& request) {
          const std::lock_guard guard(mutex_);
          test::ServedReply reply;
          reply.status = answer_(requests_++);
          if (reply.status == 200) accepted_.push_back(request);
          return reply;
        }) {}
  WebhookTarget target() const {
    WebhookTarget target;
    target.url = server_.url("/su-kien");
    target.secret = "bí mật";
    target.attempts = 3;
    target.firstWait = std::chrono::milliseconds(5);
    return target;
  }
  std::vector<std::uint64_t> positions() {
    const std::lock_guard guard(mutex_);
    std::vector<std::uint64_t> positions;
    for (const auto& request : accepted_)
      positions.push_back(json::parse(request.body).at("position"));
    return positions;
  }
  std::vector<test::ServedRequest> accepted() {
    const std::lock_guard guard(mutex_);
    return accepted_;
  }

 private:
  std::mutex mutex_;
  std::function<int(int)> answer_;
  int requests_ = 0;
  std::vector<test::ServedRequest> accepted_;
  test::HttpServer server_;
};

TEST(Events, AreTheLedgersChangesOfStatusInOrder) {
  const FiledSite site(2);
  ResultChange wanted;
  wanted.state = ResultState::withdrawn;
  wanted.person = "A";
  wanted.reason = "B";
  changeResult(site.site(), *findResult(site.site(), FiledSite::code(2)), wanted);
  std::vector<json> events;
  const auto end = streamEvents(site.site(), {}, kNever, [&](const StatusEvent& event) {
    events.push_back(json::parse(toJson(event)));
    return true;
  });
  EXPECT_EQ(end, 4u);
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].at("status"), "filed");
  EXPECT_EQ(events[2].at("status"), "withdrawn");
  EXPECT_EQ(events[2].at("dossier"), FiledSite::code(2));
  EXPECT_EQ(events[2].at("result"), FiledSite::code(2) + "-KQ1");
  EXPECT_EQ(events[2].at("details").at("reason"), "B");
  EventStream from;
  from.from = 3;
  int count = 0;
  streamEvents(site.site(), from, kNever, [&](const StatusEvent&) { return ++count > 0; });
  EXPECT_EQ(count, 1);
}

TEST(Events, AreFollowedAsTheyComeIn) {
  const FiledSite site(1);
  std::atomic<bool> stop{false};
  std::atomic<int> seen{0};
  EventStream stream;
  stream.follow = true;
  stream.poll = std::chrono::milliseconds(10);
  std::jthread reader([&] {
    streamEvents(site.site(), stream, stop, [&](const StatusEvent&) { return ++seen > 0; });
  });
  site.file(2);
  site.file(3);
  for (int i = 0; i < 500 && seen < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  stop = true;
  reader.join();
  EXPECT_EQ(seen, 3);
}

TEST(Webhook, DeliversSignedBodiesOnceAndRemembersHowFar) {
  const FiledSite site(2);
  Receiver receiver([](int) { return 200; });
  const WebhookResult done = deliverEvents(site.site(), receiver.target(), 0, false, kNever);
  EXPECT_EQ(done.delivered, 2u);
  EXPECT_EQ(done.problem, "");
  for (const auto& request : receiver.accepted()) {
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.contentType, "application/json");
    EXPECT_EQ(request.headers.at("X-Sohoa-Signature"),
              "sha256=" + hmacSha256("bí mật", request.body));
  }
  EXPECT_EQ(deliverEvents(site.site(), receiver.target(), 0, false, kNever).delivered, 0u);
  site.file(3);
  EXPECT_EQ(deliverEvents(site.site(), receiver.target(), 0, false, kNever).delivered, 1u);
  EXPECT_THAT(receiver.positions(), ElementsAre(1, 2, 3));
  EXPECT_EQ(deliverEvents(site.site(), receiver.target(), 2, false, kNever).delivered, 2u)
      << "asked for again";
}

TEST(Webhook, RepeatsWhatFailsAndLosesNothingWhenItGivesUp) {
  const FiledSite site(3);
  Receiver flaky([](int request) { return request % 3 == 0 ? 503 : 200; });
  EXPECT_EQ(deliverEvents(site.site(), flaky.target(), 0, false, kNever).problem, "");
  EXPECT_THAT(flaky.positions(), ElementsAre(1, 2, 3));

  std::atomic<bool> works{false};
  Receiver down([&](int request) { return works || request == 0 ? 200 : 500; });
  const WebhookResult stopped = deliverEvents(site.site(), down.target(), 0, false, kNever);
  EXPECT_EQ(stopped.delivered, 1u);
  EXPECT_EQ(stopped.next, 2u);
  EXPECT_EQ(stopped.problem, "position 2: the receiver answered 500");
  works = true;
  EXPECT_EQ(deliverEvents(site.site(), down.target(), 0, false, kNever).delivered, 2u);
  EXPECT_THAT(down.positions(), ElementsAre(1, 2, 3));
}

TEST(Webhook, DoesNotRepeatARefusalAndNamesADeadReceiver) {
  const FiledSite site(1);
  int asked = 0;
  Receiver refusing([&](int request) {
    asked = request + 1;
    return 403;
  });
  EXPECT_EQ(deliverEvents(site.site(), refusing.target(), 0, false, kNever).problem,
            "position 1: the receiver answered 403");
  EXPECT_EQ(asked, 1);
  WebhookTarget nobody;
  nobody.url = "http://127.0.0.1:" + std::to_string(test::freePort()) + "/";
  nobody.attempts = 2;
  nobody.firstWait = std::chrono::milliseconds(1);
  const WebhookResult dead = deliverEvents(site.site(), nobody, 0, false, kNever);
  EXPECT_NE(dead.problem, "");
  EXPECT_EQ(dead.next, 1u);
}

}  // namespace
}  // namespace sohoa
