#include "signing/online/revocation_client.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "core/bytes/hex.h"
#include "core/durable.h"
#include "signing/base/openssl_handles.h"
#include "signing/certificates/revocation.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::minutes kClockSkew{5};
using OcspRequest = Handle<OCSP_REQUEST, OCSP_REQUEST_free>;

template <class T>
std::string encode(int (*i2d)(const T*, unsigned char**), const T* value) {
  const int size = i2d(value, nullptr);
  std::string der(static_cast<std::size_t>(std::max(size, 0)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d(value, &at);
  return der;
}

/// Cache key of a certificate: digest of its issuer's and its own DER.
std::string keyOf(const X509* certificate, const X509* issuer) {
  return hexOf(digestOf(EVP_sha256(), derOf(issuer) + derOf(certificate)));
}

std::vector<std::string> ocspUrlsOf(const X509* certificate) {
  std::vector<std::string> urls;
  STACK_OF(OPENSSL_STRING)* list = X509_get1_ocsp(const_cast<X509*>(certificate));
  for (int i = 0; i < sk_OPENSSL_STRING_num(list); ++i) {
    urls.emplace_back(sk_OPENSSL_STRING_value(list, i));
  }
  X509_email_free(list);
  return urls;
}

std::vector<std::string> crlUrlsOf(const X509* certificate) {
  std::vector<std::string> urls;
  const Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free> points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
    if (point->distpoint == nullptr || point->distpoint->type != 0) continue;
    const GENERAL_NAMES* names = point->distpoint->name.fullname;
    for (int n = 0; n < sk_GENERAL_NAME_num(names); ++n) {
      const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, n);
      if (name->type != GEN_URI) continue;
      const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
      urls.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                        static_cast<std::size_t>(ASN1_STRING_length(uri)));
    }
  }
  return urls;
}

/// Builds an OCSPRequest (RFC 6960, Appendix A). SHA-1 only identifies the certificate here and
/// protects nothing; many responders support no other digest.
std::string ocspRequestDer(const X509* certificate, const X509* issuer) {
  const OcspRequest request(OCSP_REQUEST_new());
  OCSP_CERTID* id = OCSP_cert_to_id(EVP_sha1(), certificate, issuer);
  if (!request || id == nullptr || OCSP_request_add0_id(request.get(), id) == nullptr) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  return encode(i2d_OCSP_REQUEST, request.get());
}

/// Returns a CRL as DER, from DER or PEM.
std::string crlDer(const std::string& bytes) {
  if (!bytes.starts_with("-----BEGIN")) return bytes;
  const BioHandle in(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  const Handle<X509_CRL, X509_CRL_free> list(
      PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr));
  drainOpensslErrors();
  return list ? encode(i2d_X509_CRL, list.get()) : std::string();
}

void add(std::string& why, const std::string& more) {
  if (!why.empty()) why += "; ";
  why += more;
}

}  // namespace

RevocationClient::RevocationClient(RevocationOptions options)
    : options_(std::move(options)), http_(options_.limits) {}

Result<RevocationClient::Answer> RevocationClient::fetch(const X509* certificate,
                                                         const X509* issuer, Time now) {
  const std::lock_guard guard(mutex_);
  const std::string key = keyOf(certificate, issuer);
  Answer kept;
  if (recall(key, certificate, issuer, now, kept)) return kept;
  return ask(certificate, issuer, now);
}

Result<RevocationClient::Answer> RevocationClient::ask(const X509* certificate, const X509* issuer,
                                                       Time now) {
  std::vector<std::string> ocsp = ocspUrlsOf(certificate), crl = crlUrlsOf(certificate);
  if (ocsp.empty() && !options_.ocspUrl.empty()) ocsp.push_back(options_.ocspUrl);
  if (crl.empty() && !options_.crlUrl.empty()) crl.push_back(options_.crlUrl);
  std::string why;
  std::vector<HttpRequest> requests;
  for (const std::string& url : ocsp) {
    requests.push_back({url, ocspRequestDer(certificate, issuer), "application/ocsp-request",
                        "application/ocsp-response", "", ""});
  }
  for (const std::string& url : crl) requests.push_back({url, "", "", "", "", ""});
  for (const HttpRequest& request : requests) {
    const auto reply = send(request);
    if (!reply || reply->status != 200) {
      add(why, request.url + ": " +
                   (reply ? fmt::format("HTTP status {}", reply->status) : reply.error().detail));
      continue;
    }
    Answer answer;
    answer.isCrl = request.body.empty();
    answer.der = answer.isCrl ? crlDer(reply->body) : reply->body;
    Time until{};
    std::string fault;
    if (judge(certificate, issuer, now, answer, until, fault)) {
      keep(keyOf(certificate, issuer), answer, now, until);
      return answer;
    }
    add(why, request.url + ": " + fault);
  }
  if (requests.empty()) why = "the certificate names no OCSP responder and no revocation list";
  return ItemError{Stage::signing, Cause::revocationUnavailable, infoOf(certificate).subject, why};
}

bool RevocationClient::judge(const X509* certificate, const X509* issuer, Time now, Answer& answer,
                             Time& until, std::string& why) const {
  RevocationStore store;
  if (!(answer.isCrl ? store.addCrl(answer.der) : store.addOcsp(answer.der))) {
    why = "the answer cannot be read";
    return false;
  }
  RevocationQuestion question;
  question.at = now;
  question.now = now + kClockSkew;  // the response is made while we ask, by another clock
  question.maxAge = options_.keep;
  const RevocationStatus status = store.statusOf(certificate, issuer, question);
  using State = RevocationStatus::State;
  answer.revoked = status.state == State::revoked || status.state == State::onHold;
  answer.reason = status.reason;
  answer.revokedAt = status.revokedAt.value_or(Time{});
  until = now + options_.keep;
  if (status.nextUpdate) until = std::min(until, *status.nextUpdate);
  if (status.state == State::good || answer.revoked) return true;
  why = status.state == State::stale ? "the answer is too old"
        : status.refusals.empty()    ? "the answer is not about this certificate"
                                     : status.refusals.front();
  return false;
}

Result<HttpReply> RevocationClient::send(const HttpRequest& request) {
  auto& rests = restsUntil_[request.url];
  if (SteadyClock::now() < rests) {
    return ItemError{Stage::signing, Cause::networkFailed, request.url,
                     "did not answer a moment ago"};
  }
  ++requests_;
  auto reply = http_.send(request);
  if (!reply) rests = SteadyClock::now() + options_.rest;
  return reply;
}

void RevocationClient::keep(const std::string& key, const Answer& answer, Time now, Time until) {
  kept_[key] = {answer, now, until};
  if (options_.cache.empty()) return;
  createFoldersDurably(options_.cache);
  const fs::path file = options_.cache / (key + (answer.isCrl ? ".crl" : ".ocsp"));
  fs::remove(options_.cache / (key + (answer.isCrl ? ".ocsp" : ".crl")));
  writeFileDurably(file, answer.der);
  // Stores the fetch time as the file's time, by the clock of the run.
  const timespec at{static_cast<time_t>(now.time_since_epoch().count()), 0};
  const timespec times[2] = {at, at};
  ::utimensat(AT_FDCWD, file.c_str(), times, 0);
}

bool RevocationClient::recall(const std::string& key, const X509* certificate, const X509* issuer,
                              Time now, Answer& answer) {
  const auto usable = [&](Time fetchedAt, Time until) {
    return fetchedAt <= now && now < std::min(until, fetchedAt + options_.keep);
  };
  const auto found = kept_.find(key);
  if (found != kept_.end()) {
    answer = found->second.answer;
    return usable(found->second.fetchedAt, found->second.until);
  }
  if (options_.cache.empty()) return false;
  for (const bool isCrl : {false, true}) {
    const fs::path file = options_.cache / (key + (isCrl ? ".crl" : ".ocsp"));
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) continue;
    const Time fetchedAt{std::chrono::seconds{status.st_mtim.tv_sec}};
    Time until{};
    std::string why;
    answer.isCrl = isCrl;
    answer.der = readFile(file);
    // A cached file is trusted no more than a response from the network.
    if (!judge(certificate, issuer, now, answer, until, why) || !usable(fetchedAt, until)) continue;
    kept_[key] = {answer, fetchedAt, until};
    return true;
  }
  return false;
}

std::vector<std::string> fetchAnswers(
    RevocationClient& client, const std::vector<std::pair<std::string, std::string>>& certificates,
    Time now) {
  constexpr std::size_t kMost = 100;
  std::vector<std::string> answers;
  std::size_t asked = 0;
  for (const auto& [subject, issuer] : certificates) {
    const Certificate one = certificateFromDer(subject), above = certificateFromDer(issuer);
    if (!one || !above || ++asked > kMost) continue;
    if (auto answer = client.fetch(one.get(), above.get(), now)) {
      answers.push_back(std::move(answer->der));
    }
  }
  return answers;
}

}  // namespace sohoa
