#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace sohoa {

/// Limits of one HTTP exchange.
struct HttpLimits {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds total{20000};    ///< for the whole exchange, connecting included
  std::size_t bytes = std::size_t{1} << 20;  ///< longest response body accepted
  int redirects = 0;                         ///< followed for GET, to http and https only
  /// Refuses every address that is not a public one (loopback, private, link-local …), as the name
  /// resolves and after redirects too: for URLs that a foreign document brings.
  bool publicOnly = false;
};

struct HttpRequest {
  std::string url;   ///< http or https; other schemes are refused
  std::string body;  ///< empty: GET; otherwise POST
  std::string contentType, accept;
  std::string userName, password;  ///< HTTP Basic; empty user name: none
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< further headers: name, value
};

struct HttpReply {
  int status = 0;
  std::string contentType, body;
};

/// HTTP client for timestamp authorities, OCSP responders, CRL servers and webhooks. Keeps
/// connections open between requests. Checks https certificates against the system's CA store. Not
/// thread-safe: one thread at a time per client; different clients are independent. The constructor
/// throws BatchError(networkFailed) when libcurl cannot start.
class HttpClient {
 public:
  explicit HttpClient(HttpLimits limits = {});
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  /// Returns the response, whatever its HTTP status. Cause networkFailed when there is no response:
  /// no connection, time limit, or body longer than the limit; the item is the URL and the detail
  /// says which.
  Result<HttpReply> send(const HttpRequest& request);
  /// The same with other limits.
  Result<HttpReply> send(const HttpRequest& request, const HttpLimits& limits);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
  HttpLimits limits_;
};

}  // namespace sohoa
