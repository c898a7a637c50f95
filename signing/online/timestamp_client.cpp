#include "signing/online/timestamp_client.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include "signing/base/asn1.h"
#include "signing/base/digest_method.h"
#include "signing/certificates/certificate_path.h"
#include "signing/cms/timestamp_token.h"

namespace sohoa {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Size reserved before the first token is seen: qualified authorities send 6 to 9 kB.
constexpr std::size_t kFirstGuess = 9 * 1024;
/// Tokens of one authority vary slightly: serial number, fractions of a second, an ECDSA value.
constexpr std::size_t kSpare = 64;

/// Content octets of a positive INTEGER of 62 random bits.
std::string newNonce() {
  std::string nonce(8, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(nonce.data()), 8) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  nonce[0] = static_cast<char>((nonce[0] & 0x7f) | 0x40);
  return nonce;
}

/// TimeStampReq (RFC 3161, 2.4.1).
std::string requestDer(const TimestampAuthority& authority, SignatureDigest digestKind,
                       const std::string& digest, const std::string& nonce) {
  const std::string imprint = derSequence(
      {derSequence({derOid(oidOf(digestKind)), derValue(0x05, "")}), derValue(0x04, digest)});
  return derSequence({derValue(0x02, "\1"), imprint,
                      authority.policy.empty() ? std::string() : derOid(authority.policy),
                      derValue(0x02, nonce), derValue(0x01, "\xff")});
}

}  // namespace

TimestampClient::TimestampClient(TimestampOptions options, const TrustAnchors& anchors)
    : options_(std::move(options)),
      anchors_(anchors),
      http_(options_.limits),
      restsUntil_(options_.authorities.size()),
      expectedBytes_(kFirstGuess) {}

TimestampClient::~TimestampClient() = default;

Result<std::string> TimestampClient::stamp(SignatureDigest kind, const std::string& digest) {
  std::string why;
  for (std::size_t i = 0; i < options_.authorities.size(); ++i) {
    const std::string& url = options_.authorities[i].url;
    if (SteadyClock::now() < restsUntil_[i]) {
      why += fmt::format("{}{}: did not answer a moment ago", why.empty() ? "" : "; ", url);
      continue;
    }
    auto token = ask(options_.authorities[i], {kind, digest, newNonce()});
    if (token) {
      expectedBytes_ = token->size() + kSpare;
      return token;
    }
    if (token.error().cause == Cause::networkFailed) {
      restsUntil_[i] = SteadyClock::now() + options_.rest;
    }
    why += fmt::format("{}{}: {}", why.empty() ? "" : "; ", url, token.error().detail);
  }
  if (why.empty()) why = "no timestamp authority is configured";
  return ItemError{Stage::signing, Cause::timestampUnavailable, "", why};
}

Result<std::string> TimestampClient::ask(const TimestampAuthority& authority,
                                         const Question& question) {
  HttpRequest request;
  request.url = authority.url;
  request.body = requestDer(authority, question.kind, question.digest, question.nonce);
  request.contentType = "application/timestamp-query";
  request.accept = "application/timestamp-reply";
  request.userName = authority.userName;
  request.password = authority.password;
  const auto reply = http_.send(request);
  if (!reply) return reply.error();
  if (reply->status != 200) {
    // 5xx and 429: the authority cannot work now, so skip it for a while too.
    const bool busy = reply->status >= 500 || reply->status == 429;
    return ItemError{Stage::signing, busy ? Cause::networkFailed : Cause::timestampUnavailable,
                     authority.url, fmt::format("HTTP status {}", reply->status)};
  }
  std::string token;
  const std::string fault = judge(reply->body, authority, question, token);
  if (fault.empty()) return token;
  return ItemError{Stage::signing, Cause::timestampUnavailable, authority.url, fault};
}

/// Checks a reply by RFC 3161, 2.4.2. Returns why it is refused; empty: accepted, and `token` is
/// set.
std::string TimestampClient::judge(std::string_view reply, const TimestampAuthority& authority,
                                   const Question& question, std::string& token) const try {
  BerReader outer(reply);
  BerReader response(outer.next(0x30).content);
  if (!outer.done()) return "data after the answer";
  BerReader statusInfo(response.next(0x30).content);
  const std::string_view status = statusInfo.next(0x02).content;
  if (status != std::string_view("\0", 1) && status != "\1") {
    std::string said;
    if (statusInfo.at(0x30)) {
      for (BerReader texts(statusInfo.next().content); !texts.done();) {
        said += fmt::format(" {}", texts.next().content.substr(0, 200));
      }
    }
    return fmt::format("refused with status {}{}",
                       status.size() == 1 ? static_cast<int>(status[0]) : -1, said);
  }
  if (response.done()) return "no token in the answer";
  const std::string_view der = response.next(0x30).whole;
  const TimestampToken read = readTimestampToken(der, [&](const EVP_MD* method) -> std::string {
    // A digest of another algorithm than requested never matches.
    return EVP_MD_get_type(method) == EVP_MD_get_type(methodOf(question.kind)) ? question.digest
                                                                               : std::string();
  });
  if (!read.imprintMatches) return "the token stands for something else";
  if (read.info.nonce != question.nonce) return "the token answers another request";
  if (!authority.policy.empty() && read.info.policy != authority.policy) {
    return "the token has another policy: " + read.info.policy;
  }
  const CmsFacts& facts = read.facts;
  if (facts.malformed || !facts.supported || !read.cms.regular) return "the token is malformed";
  if (!facts.hasSigner) return "the token brings no certificate";
  if (!facts.digestMatches || !facts.signatureMatches) return "the token's signature is wrong";
  if (!facts.signerBound) return "the token does not name its certificate";
  if (facts.weak) return "the token uses an algorithm that is too weak";
  if (const char* unfit = unfitForTimestamps(const_cast<X509*>(facts.signer))) return unfit;
  std::vector<const X509*> helpers;
  for (const Certificate& certificate : read.cms.certificates) helpers.push_back(certificate.get());
  const TrustFacts trust = followTrust(facts.signer, helpers, anchors_.store(), read.info.genTime,
                                       TrustPurpose::timestamping);
  if (!trust.pathFound || !trust.withinValidity) {
    return "this site does not trust the authority " + infoOf(facts.signer).subject;
  }
  token = std::string(der);
  return {};
} catch (const Asn1Error& error) {
  return std::string("the answer is no timestamp reply: ") + error.what();
}

}  // namespace sohoa
