#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace sohoa::test {

struct ServedRequest {
  std::string method, path, contentType, authorization, body;
  std::map<std::string, std::string> headers;  ///< all of them, names as sent
};

struct ServedReply {
  int status = 200;
  std::string contentType = "application/octet-stream", body;
  std::string location;                ///< of a redirect
  std::chrono::milliseconds delay{0};  ///< before the answer
  bool hangUp = false;                 ///< close the connection instead of answering
};

/// A small HTTP/1.1 server on a free port of the loopback, in threads of its own, for tests of what
/// talks to servers. `answer` is called from several threads at once.
class HttpServer {
 public:
  explicit HttpServer(std::function<ServedReply(const ServedRequest&)> answer);
  /// Closes every connection.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;
  /// "http://127.0.0.1:port" + path
  std::string url(const std::string& path = "/") const;
  int served() const;       ///< requests so far
  int connections() const;  ///< connections so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A port of the loopback on which nothing listened a moment ago.
int freePort();

}  // namespace sohoa::test
