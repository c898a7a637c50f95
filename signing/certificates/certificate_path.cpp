#include "signing/certificates/certificate_path.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <map>

#include "core/bytes/hex.h"
#include "core/durable.h"
#include "core/result.h"
#include "core/texts/text.h"
#include "signing/cms/signature_scheme.h"

namespace sohoa {
namespace {

constexpr int kMaxDepth = 10;
constexpr int kMaxCandidates = 32, kMaxSteps = 2000;

bool isMissingPath(int error) {
  return error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
         error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
         error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE ||
         error == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
         error == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN;
}

bool weaklySigned(const X509* certificate) {
  int digest = NID_undef;
  if (OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, nullptr) != 1) return false;
  return digest == NID_md5 || digest == NID_sha1 || digest == NID_md4 || digest == NID_md2;
}

void readAnchors(const std::filesystem::path& file, std::vector<Certificate>& anchors) {
  std::string bytes;
  try {
    bytes = readFile(file);
  } catch (const std::filesystem::filesystem_error& error) {
    throw BatchError(Cause::siteConfig, error.what());
  }
  const std::size_t before = anchors.size();
  const BioHandle in(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  while (X509* read = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr))
    anchors.emplace_back(read);
  ERR_clear_error();
  if (anchors.size() == before) {
    if (Certificate der = certificateFromDer(bytes)) anchors.push_back(std::move(der));
  }
  if (anchors.size() == before) {
    throw BatchError(Cause::siteConfig, file.string() + ": no certificate inside");
  }
}

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto extension = at->path().extension();
    if (extension == ".pem" || extension == ".crt") files.push_back(at->path());
  }
  if (error) throw BatchError(Cause::siteConfig, folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

/// Reads the certificates of every *.pem and *.crt in a folder.
std::vector<Certificate> readFolder(const std::filesystem::path& folder) {
  std::vector<Certificate> anchors;
  for (const auto& file : filesOf(folder)) readAnchors(file, anchors);
  return anchors;
}

/// Finds candidate paths from a certificate to an anchor by names and key identifiers; checks no
/// signature.
class PathFinder {
 public:
  PathFinder(const std::vector<const X509*>& extra, const std::vector<const X509*>& anchors)
      : extra_(extra), anchors_(anchors) {}

  std::vector<std::vector<const X509*>> find(const X509* leaf) {
    extend({leaf});
    return std::move(found_);
  }

 private:
  static bool mayHaveIssued(const X509* issuer, const X509* subject) {
    const int state = X509_check_issued(const_cast<X509*>(issuer), const_cast<X509*>(subject));
    // Whether the issuer's key may sign certificates is checked with the whole path.
    return state == X509_V_OK || state == X509_V_ERR_KEYUSAGE_NO_CERTSIGN;
  }

  void extend(std::vector<const X509*> path) {
    if (static_cast<int>(found_.size()) >= kMaxCandidates || ++steps_ > kMaxSteps) return;
    const X509* last = path.back();
    for (const X509* anchor : anchors_) {
      if (X509_cmp(anchor, last) == 0) return found_.push_back(std::move(path));
    }
    if (path.size() > kMaxDepth) return;
    const auto follow = [&](const X509* issuer, bool anchor) {
      for (const X509* known : path) {
        if (X509_cmp(known, issuer) == 0) return;
      }
      if (!mayHaveIssued(issuer, last)) return;
      auto longer = path;
      longer.push_back(issuer);
      anchor ? found_.push_back(std::move(longer)) : extend(std::move(longer));
    };
    for (const X509* anchor : anchors_) follow(anchor, true);
    for (const X509* certificate : extra_) follow(certificate, false);
  }

  const std::vector<const X509*>& extra_;
  const std::vector<const X509*>& anchors_;
  std::vector<std::vector<const X509*>> found_;
  int steps_ = 0;
};

/// Checks a path by RFC 5280, 6.1, without times. Returns OpenSSL's error code.
int checkPathNow(const std::vector<const X509*>& path) {
  const StoreHandle anchor(X509_STORE_new());
  X509_STORE_add_cert(anchor.get(), const_cast<X509*>(path.back()));
  const CertificateStack untrusted(sk_X509_new_null());
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    sk_X509_push(untrusted.get(), const_cast<X509*>(path[i]));
  }
  const StoreContext context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), anchor.get(), const_cast<X509*>(path.front()),
                                      untrusted.get()) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_depth(parameters, kMaxDepth);
  // PARTIAL_CHAIN: a certificate in the site's folder is an anchor, self-signed or not.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST |
                                              X509_V_FLAG_NO_CHECK_TIME);
  const bool ok = X509_verify_cert(context.get()) == 1;
  const int error = X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  return ok ? X509_V_OK : error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error;
}

/// Cached for all signatures and files: without times, the result for a path never changes.
int checkPath(const std::vector<const X509*>& path) {
  constexpr std::size_t kMost = 1000;
  thread_local std::map<std::string, int> known;
  std::string key;
  for (const X509* each : path) key += digestOf(EVP_sha256(), derOf(each));
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (known.size() >= kMost) known.clear();
  return known[key] = checkPathNow(path);
}

}  // namespace

TrustAnchors TrustAnchors::fromFolder(const std::filesystem::path& folder) {
  auto store = std::make_unique<Store>();
  const auto add = [&](const std::filesystem::path& from, std::initializer_list<Store::Set*> sets) {
    for (Certificate& anchor : readFolder(from)) {
      for (Store::Set* set : sets) set->anchors.push_back(anchor.get());
      store->certificates.push_back(std::move(anchor));
    }
  };
  add(folder, {&store->signing, &store->timestamping});
  if (is_directory(folder / kSigningFolder)) add(folder / kSigningFolder, {&store->signing});
  if (is_directory(folder / kTimestampingFolder)) {
    add(folder / kTimestampingFolder, {&store->timestamping});
  }
  if (is_directory(folder / kIntermediateFolder)) {
    store->intermediates = readFolder(folder / kIntermediateFolder);
  }
  for (Store::Set* set : {&store->signing, &store->timestamping}) {
    set->store.reset(X509_STORE_new());
    for (const X509* anchor : set->anchors) {
      X509_STORE_add_cert(set->store.get(), const_cast<X509*>(anchor));
    }
  }
  ERR_clear_error();
  return TrustAnchors(std::move(store));
}

std::vector<TrustAnchors::Listed> TrustAnchors::listFile(const std::filesystem::path& file) {
  std::vector<Certificate> certificates;
  readAnchors(file, certificates);
  std::vector<Listed> all;
  for (const Certificate& each : certificates) {
    const CertificateInfo info = infoOf(each.get());
    const BioHandle out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), each.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    std::string fingerprint = hexOf(digestOf(EVP_sha256(), derOf(each.get())));
    const bool selfIssued =
        X509_NAME_cmp(X509_get_subject_name(each.get()), X509_get_issuer_name(each.get())) == 0;
    all.push_back({file, info.subject, std::move(fingerprint), info.notAfter, selfIssued,
                   std::string(data, static_cast<std::size_t>(size))});
  }
  return all;
}

std::vector<TrustAnchors::Listed> TrustAnchors::list(const std::filesystem::path& folder) {
  std::vector<Listed> all;
  for (const auto& file : filesOf(folder)) {
    auto listed = listFile(file);
    std::move(listed.begin(), listed.end(), std::back_inserter(all));
  }
  return all;
}

TrustAnchors::TrustAnchors(std::unique_ptr<Store> store) : store_(std::move(store)) {}
TrustAnchors::~TrustAnchors() = default;
TrustAnchors::TrustAnchors(TrustAnchors&&) noexcept = default;
TrustAnchors& TrustAnchors::operator=(TrustAnchors&&) noexcept = default;

bool TrustFacts::validAt(Time at) const {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0 && i + 1 == path.size()) break;
    if (at < timeOf(X509_get0_notBefore(path[i])) || timeOf(X509_get0_notAfter(path[i])) < at) {
      return false;
    }
  }
  return !path.empty();
}

bool TrustFacts::tooEarly(Time at) const {
  return !path.empty() && at < timeOf(X509_get0_notBefore(path.front()));
}

TrustFacts followTrust(const X509* leaf, const std::vector<const X509*>& extra,
                       const TrustAnchors::Store& anchors, Time at, TrustPurpose purpose) {
  const TrustAnchors::Store::Set& set =
      purpose == TrustPurpose::signing ? anchors.signing : anchors.timestamping;
  TrustFacts facts;
  int error = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
  std::vector<const X509*> helpers = extra;
  for (const Certificate& each : anchors.intermediates) helpers.push_back(each.get());
  for (auto& path : PathFinder(helpers, set.anchors).find(leaf)) {
    const int state = checkPath(path);
    if (state != X509_V_OK) {
      error = state;
      continue;
    }
    // Takes the first path that is valid at `at`; without one, the first correct path.
    const bool first = !facts.pathFound;
    facts.pathFound = true;
    TrustFacts candidate;
    candidate.path = std::move(path);
    const bool valid = candidate.validAt(at);
    if (first || valid) facts.path = std::move(candidate.path);
    facts.withinValidity = valid;
    if (valid) break;
  }
  if (!facts.pathFound) {
    if (isMissingPath(error)) {
      facts.subIndication = "NO_CERTIFICATE_CHAIN_FOUND";
      facts.findings.push_back(
          textId("The certificate does not lead to an authority that this site trusts."));
    } else {
      facts.subIndication = "CERTIFICATE_CHAIN_GENERAL_FAILURE";
      facts.findings.push_back(
          textId("The certificates between signer and authority do not hold."));
    }
    return facts;
  }
  for (std::size_t i = 0; i < facts.path.size(); ++i) {
    const X509* certificate = facts.path[i];
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    facts.weak = facts.weak || key == nullptr || isWeakKey(key);
    // The anchor is trusted as such: the digest under its own signature proves nothing.
    facts.weak = facts.weak || (i + 1 < facts.path.size() && weaklySigned(certificate));
  }
  return facts;
}

}  // namespace sohoa
