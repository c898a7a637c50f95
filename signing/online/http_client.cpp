#include "signing/online/http_client.h"

#include <curl/curl.h>

#include "core/handle.h"
#include "signing/online/public_address.h"

namespace sohoa {
namespace {

using Curl = Handle<CURL, curl_easy_cleanup>;
using HeaderList = Handle<curl_slist, curl_slist_free_all>;

/// Runs once before the first handle, because curl_global_init is not thread-safe before 7.84.
void initialiseOnce() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (done != CURLE_OK) throw BatchError(Cause::networkFailed, curl_easy_strerror(done));
}

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool tooLong = false;
};

std::size_t receive(char* data, std::size_t, std::size_t size, void* into) {
  auto& body = *static_cast<Body*>(into);
  if (size > body.limit - body.bytes.size()) {
    body.tooLong = true;
    return 0;
  }
  body.bytes.append(data, size);
  return size;
}

/// Opens the socket to an address that curl has resolved, unless the address is not public; `into`
/// then becomes true.
curl_socket_t openIfPublic(void* into, curlsocktype, curl_sockaddr* to) {
  if (!isPublicAddress(to->addr)) {
    *static_cast<bool*>(into) = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

void addHeader(HeaderList& list, const std::string& line) {
  list.reset(curl_slist_append(list.release(), line.c_str()));
}

}  // namespace

struct HttpClient::Connection {
  Curl curl;
};

HttpClient::HttpClient(HttpLimits limits) : limits_(limits) {
  initialiseOnce();
  connection_ = std::make_unique<Connection>();
  connection_->curl.reset(curl_easy_init());
  if (!connection_->curl) throw BatchError(Cause::networkFailed, "curl_easy_init");
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<HttpReply> HttpClient::send(const HttpRequest& request) { return send(request, limits_); }

Result<HttpReply> HttpClient::send(const HttpRequest& request, const HttpLimits& limits) {
  CURL* curl = connection_->curl.get();
  curl_easy_reset(curl);  // keeps open connections
  Body body;
  body.limit = limits.bytes;
  char error[CURL_ERROR_SIZE] = "";
  HeaderList headers;
  addHeader(headers, "Expect:");  // no 100-continue round trip for small bodies
  if (!request.contentType.empty()) addHeader(headers, "Content-Type: " + request.contentType);
  if (!request.accept.empty()) addHeader(headers, "Accept: " + request.accept);
  for (const auto& [name, value] : request.headers) addHeader(headers, name + ": " + value);

  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // no signals: other threads sign meanwhile
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, limits.redirects > 0 ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "sohoa/" SOHOA_VERSION);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &receive);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  bool notPublic = false;
  if (limits.publicOnly) {
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &openIfPublic);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &notPublic);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);  // no connection that was opened otherwise
  }
  if (!request.userName.empty()) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(curl, CURLOPT_USERNAME, request.userName.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, request.password.c_str());
  }
  if (!request.body.empty()) {
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
  }
  const CURLcode done = curl_easy_perform(curl);
  if (done != CURLE_OK) {
    std::string why = notPublic ? "the address is not public (revocation.private_addresses)"
                      : body.tooLong || done == CURLE_FILESIZE_EXCEEDED
                          ? "the answer is longer than " + std::to_string(limits.bytes) + " bytes"
                      : error[0] != '\0' ? std::string(error)
                                         : std::string(curl_easy_strerror(done));
    return ItemError{Stage::signing, Cause::networkFailed, request.url, std::move(why)};
  }
  HttpReply reply;
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  reply.status = static_cast<int>(status);
  if (type != nullptr) reply.contentType = type;
  reply.body = std::move(body.bytes);
  return reply;
}

}  // namespace sohoa
