#include "signing/online/http_client.h"

#include <gtest/gtest.h>

#include "tests/support/http_server.h"

namespace sohoa::test {
namespace {

using namespace std::chrono_literals;

TEST(HttpClient, PostsABodyAndGivesTheAnswer) {
  HttpServer server([](const ServedRequest& request) {
    ServedReply reply;
    reply.contentType = "application/timestamp-reply";
    reply.body = request.method + " " + request.path + " " + request.contentType + " " +
                 request.body + " " + request.authorization;
    return reply;
  });
  HttpRequest request;
  request.url = server.url("/tsa");
  request.body = std::string("a\0b", 3);
  request.contentType = "application/timestamp-query";
  request.userName = "unit";
  request.password = "secret";
  const auto reply = HttpClient().send(request);
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->contentType, "application/timestamp-reply");
  EXPECT_EQ(reply->body, std::string("POST /tsa application/timestamp-query a\0b Basic "
                                     "dW5pdDpzZWNyZXQ=",
                                     64));
}

TEST(HttpClient, KeepsItsConnectionBetweenRequests) {
  HttpServer server([](const ServedRequest&) { return ServedReply{}; });
  HttpClient client;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(client.send({server.url(), "x", "", "", "", ""}));
  EXPECT_EQ(server.served(), 20);
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, AnyStatusIsAnAnswer) {
  HttpServer server([](const ServedRequest&) {
    ServedReply reply;
    reply.status = 503;
    return reply;
  });
  const auto reply = HttpClient().send({server.url(), "", "", "", "", ""});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
}

TEST(HttpClient, GivesUpWhenTimeIsOver) {
  HttpServer server([](const ServedRequest&) {
    ServedReply reply;
    reply.delay = 1500ms;
    return reply;
  });
  HttpLimits limits;
  limits.total = 200ms;
  const auto began = std::chrono::steady_clock::now();
  const auto reply = HttpClient(limits).send({server.url(), "x", "", "", "", ""});
  EXPECT_LT(std::chrono::steady_clock::now() - began, 1200ms);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().cause, Cause::networkFailed);
}

TEST(HttpClient, RefusesAnAnswerBeyondTheLimit) {
  HttpServer server([](const ServedRequest&) {
    ServedReply reply;
    reply.body = std::string(5000, 'x');
    return reply;
  });
  HttpLimits limits;
  limits.bytes = 4999;
  const auto reply = HttpClient(limits).send({server.url(), "", "", "", "", ""});
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().detail.find("longer than 4999"), std::string::npos)
      << reply.error().detail;
  limits.bytes = 5000;
  EXPECT_TRUE(HttpClient(limits).send({server.url(), "", "", "", "", ""}));
}

TEST(HttpClient, SaysWhenNobodyListensOrTheServerHangsUp) {
  const std::string nobody = "http://127.0.0.1:" + std::to_string(freePort()) + "/";
  const auto refused = HttpClient().send({nobody, "", "", "", "", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, Cause::networkFailed);
  EXPECT_EQ(refused.error().item, nobody);
  HttpServer server([](const ServedRequest&) {
    ServedReply reply;
    reply.hangUp = true;
    return reply;
  });
  EXPECT_FALSE(HttpClient().send({server.url(), "x", "", "", "", ""}));
}

TEST(HttpClient, SpeaksHttpAndHttpsOnly) {
  for (const char* url : {"file:///etc/hostname", "ftp://127.0.0.1/", "ldap://127.0.0.1/", ""}) {
    EXPECT_FALSE(HttpClient().send({url, "", "", "", "", ""})) << url;
  }
}

TEST(HttpClient, FollowsRedirectsOnlyWhenAskedAndNeverToFiles) {
  HttpServer server([](const ServedRequest& request) {
    ServedReply reply;
    if (request.path == "/list") {
      reply.body = "list";
      return reply;
    }
    reply.status = 302;
    reply.location = request.path == "/file" ? "file:///etc/hostname" : "/list";
    return reply;
  });
  const auto plain = HttpClient().send({server.url("/moved"), "", "", "", "", ""});
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->status, 302);
  HttpLimits limits;
  limits.redirects = 3;
  const auto followed = HttpClient(limits).send({server.url("/moved"), "", "", "", "", ""});
  ASSERT_TRUE(followed);
  EXPECT_EQ(followed->body, "list");
  EXPECT_FALSE(HttpClient(limits).send({server.url("/file"), "", "", "", "", ""}));
}

}  // namespace
}  // namespace sohoa::test
