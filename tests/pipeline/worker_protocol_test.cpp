#include "pipeline/workers/worker_protocol.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/files.h"

namespace sohoa {
namespace {

using nlohmann::json;

TEST(WorkerProtocol, AnswersAnInspectionWithTheFilesFacts) {
  const test::TemporaryFolder folder;
  const std::string bytes = "\x89PNG\r\n\x1A\n";
  test::spill(folder / "rỗng\xFF.png", bytes);
  const auto reply =
      decodeReply<InspectJob>(answer(encode(InspectJob{folder / "rỗng\xFF.png"}), nullptr));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().cause, Cause::fileTruncated);
  EXPECT_EQ(reply.error().stage, Stage::intake);
}

TEST(WorkerProtocol, AnswersForAMissingFileWithAReason) {
  const auto inspected =
      decodeReply<InspectJob>(answer(encode(InspectJob{"/nowhere/1.jpg"}), nullptr));
  ASSERT_FALSE(inspected);
  EXPECT_EQ(inspected.error().cause, Cause::fileUnreadable);
  const auto checked = decodeReply<CheckJob>(
      answer(encode(CheckJob{"/nowhere/1.pdf", "/nowhere", Time{}}), nullptr));
  EXPECT_FALSE(checked);
  AssembleJob job;
  job.out = "/nowhere/out.pdf";
  job.pages.push_back({"/nowhere/1.jpg", 0, "/nowhere/reading.json"});
  EXPECT_FALSE(decodeReply<AssembleJob>(answer(encode(job), nullptr)));
}

TEST(WorkerProtocol, AnswersNonsenseWithAnError) {
  for (const char* request :
       {"", "{}", "[1]", "{\"job\":\"dance\"}", "{\"job\":\"read\"}", "\xFF"}) {
    const auto reply = decodeReply<ReadJob>(answer(request, nullptr));
    ASSERT_FALSE(reply) << request;
    EXPECT_EQ(reply.error().cause, Cause::pageCrashed) << request;
  }
}

TEST(WorkerProtocol, TakesNonsenseForACrash) {
  for (const char* text :
       {"", "{}", "null", "{\"ok\":7}", "{\"ok\":{\"pages\":\"x\"}}", "{\"error\":{}}",
        "{\"error\":{\"cause\":\"no.such\",\"stage\":0,\"item\":\"\",\"detail\":\"\"}}"}) {
    const auto inspected = decodeReply<InspectJob>(text);
    ASSERT_FALSE(inspected) << text;
    EXPECT_EQ(inspected.error().cause, Cause::pageCrashed) << text;
    ASSERT_FALSE(decodeReply<ReadJob>(text)) << text;
    EXPECT_FALSE(decodeReply<CheckJob>(text)) << text;
  }
}

TEST(WorkerProtocol, CarriesAReading) {
  PageReading reading;
  reading.width = 2480;
  reading.confidence = 0.5;
  reading.blocks = {
      {{1, 2, 3, 4}, {{{1, 2, 3, 4}, {{"đất", {1, 2, 3, 4}, 1, 4, 3, 4, 2, 0.5, true}}}}}};
  const auto back = decodeReply<ReadJob>(json{{"ok", toJson(reading)}}.dump());
  ASSERT_TRUE(back);
  EXPECT_EQ(toJson(*back), toJson(reading));
}

TEST(WorkerProtocol, CarriesAVerification) {
  const json sent = {{"ok",
                      {{"pages", 3},
                       {"verdict", "TOTAL-PASSED"},
                       {"findings", {"one"}},
                       {"signatures",
                        {{{"signer", "CN=An"},
                          {"issuer", "CN=CA"},
                          {"serial", "0a"},
                          {"level", "PAdES B-B"},
                          {"claimed_at", "2021-09-10T00:00:00Z"},
                          {"indication", "TOTAL-PASSED"},
                          {"sub_indication", ""},
                          {"whole", true}}}}}}};
  const auto reply = decodeReply<CheckJob>(sent.dump());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->pages, 3);
  ASSERT_EQ(reply->signatures.size(), 1u);
  EXPECT_EQ(reply->signatures[0].record.signer, "CN=An");
  EXPECT_TRUE(reply->signatures[0].whole);
  EXPECT_EQ(isoDay(vietnamDay(reply->signatures[0].record.claimedAt)), "2021-09-10");
}

TEST(Greeting, ComesBack) {
  const Greeting greeting{
      {"5.3.0", "1.82.0", "vie", "abc", "avx2"}, 1, "ocr.model_missing", "không có \xFF"};
  const Greeting back = greetingFrom(encode(greeting));
  EXPECT_EQ(back.engine.model, "vie");
  EXPECT_EQ(back.engine.modelSha256, "abc");
  EXPECT_EQ(back.threads, 1);
  EXPECT_EQ(back.problem, greeting.problem);
  EXPECT_EQ(greetingFrom("garbage").problem, "worker.unfit");
}

}  // namespace
}  // namespace sohoa
