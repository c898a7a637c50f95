#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace sohoa {

/// Bounds of one exchange with a server on the network.
struct HttpLimits {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds total{20000};    ///< from the first byte sent to the last received
  std::size_t bytes = std::size_t{1} << 20;  ///< of the answer's body
  int redirects = 0;                         ///< followed for GET, to http and https only
};

struct HttpRequest {
  std::string url;   ///< http or https; any other scheme is refused
  std::string body;  ///< empty: GET, else POST
  std::string contentType, accept;
  std::string userName, password;  ///< HTTP authentication; empty: none
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< further ones: name and value
};

struct HttpReply {
  int status = 0;
  std::string contentType, body;
};

/// HTTP for timestamp authorities, OCSP responders, revocation lists and the like. Keeps its
/// connections open between requests. Checks certificates of https against the system's
/// authorities. One thread at a time uses a client; different clients are independent.
class HttpClient {
 public:
  explicit HttpClient(HttpLimits limits = {});
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  /// Any status is an answer. Cause networkFailed when there is none: no connection, time is over,
  /// body beyond the limit; the detail says which, and the server's name.
  Result<HttpReply> send(const HttpRequest& request);
  /// The same within other bounds.
  Result<HttpReply> send(const HttpRequest& request, const HttpLimits& limits);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
  HttpLimits limits_;
};

}  // namespace sohoa
