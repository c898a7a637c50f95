#include "signing/online/http_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

#include "signing/online/public_address.h"
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

TEST(HttpClient, OpensNothingThatIsNotPublicWhenToldSo) {
  HttpServer server([](const ServedRequest&) { return ServedReply{}; });
  HttpLimits limits;
  limits.publicOnly = true;
  const std::string url = server.url("/crl");
  const std::string port = url.substr(url.rfind(':'));
  for (const std::string& host : {std::string("127.0.0.1"), std::string("localhost"),
                                  std::string("[::ffff:127.0.0.1]"), std::string("2130706433")}) {
    const auto reply = HttpClient(limits).send({"http://" + host + port, "", "", "", "", ""});
    EXPECT_FALSE(reply) << host;
  }
  // Nor over a connection that is open already.
  HttpClient client;
  EXPECT_TRUE(client.send({url, "", "", "", "", ""}));
  EXPECT_FALSE(client.send({url, "", "", "", "", ""}, limits));
  EXPECT_EQ(server.served(), 1);
}

TEST(PublicAddress, IsNoneOfTheSpecialBlocks) {
  const auto isPublic = [](const std::string& text) {
    sockaddr_storage address{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    if (text.find(':') == std::string::npos) {
      v4.sin_family = AF_INET;
      EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &v4.sin_addr), 1) << text;
    } else {
      v6.sin6_family = AF_INET6;
      EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
    }
    return isPublicAddress(reinterpret_cast<const sockaddr&>(address));
  };
  for (const char* text :
       {"1.1.1.1", "113.160.1.2", "172.15.255.255", "172.32.0.1", "100.63.0.1", "223.255.255.255",
        "2405:4800::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"}) {
    EXPECT_TRUE(isPublic(text)) << text;
  }
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.0.9",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "198.19.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fd00::1",
                           "ff02::1",
                           "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1",
                           "64:ff9b::a00:1",
                           "2002:7f00:1::1",
                           "2001:db8::1"}) {
    EXPECT_FALSE(isPublic(text)) << text;
  }
  sockaddr local{};
  local.sa_family = AF_UNIX;
  EXPECT_FALSE(isPublicAddress(local));
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
