#include "signing/trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "core/durable.h"
#include "core/text.h"
#include "signing/signature_scheme.h"

namespace sohoa {
namespace {

constexpr int kMaxDepth = 10;

/// Whether every error so far was one of time; those are judged apart.
struct PathState {
  bool outOfTime = false;
};

int judge(int ok, X509_STORE_CTX* context) {
  if (ok == 1) return 1;
  const int error = X509_STORE_CTX_get_error(context);
  if (error != X509_V_ERR_CERT_HAS_EXPIRED && error != X509_V_ERR_CERT_NOT_YET_VALID) return 0;
  static_cast<PathState*>(X509_STORE_CTX_get_app_data(context))->outOfTime = true;
  return 1;
}

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

}  // namespace

TrustAnchors TrustAnchors::fromFolder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto extension = at->path().extension();
    if (extension == ".pem" || extension == ".crt") files.push_back(at->path());
  }
  if (error) throw BatchError(Cause::siteConfig, folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  auto store = std::make_unique<Store>();
  store->store.reset(X509_STORE_new());
  for (const auto& file : files) readAnchors(file, store->anchors);
  for (const Certificate& anchor : store->anchors) {
    X509_STORE_add_cert(store->store.get(), anchor.get());
  }
  ERR_clear_error();
  return TrustAnchors(std::move(store));
}

TrustAnchors::TrustAnchors(std::unique_ptr<Store> store) : store_(std::move(store)) {}
TrustAnchors::~TrustAnchors() = default;
TrustAnchors::TrustAnchors(TrustAnchors&&) noexcept = default;
TrustAnchors& TrustAnchors::operator=(TrustAnchors&&) noexcept = default;

TrustFacts followTrust(const X509* leaf, const std::vector<const X509*>& extra,
                       const TrustAnchors::Store& anchors, Time at) {
  TrustFacts facts;
  const CertificateStack untrusted(sk_X509_new_null());
  for (const X509* certificate : extra) {
    sk_X509_push(untrusted.get(), const_cast<X509*>(certificate));
  }
  const StoreContext context(X509_STORE_CTX_new());
  PathState state;
  if (!context || X509_STORE_CTX_init(context.get(), anchors.store.get(), const_cast<X509*>(leaf),
                                      untrusted.get()) != 1) {
    throw BatchError(Cause::signingStopped, drainOpensslErrors());
  }
  X509_STORE_CTX_set_app_data(context.get(), &state);
  X509_STORE_CTX_set_verify_cb(context.get(), judge);
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(parameters, at.time_since_epoch().count());
  X509_VERIFY_PARAM_set_depth(parameters, kMaxDepth);
  // What the site put into its folder is an anchor, self-signed or not.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  facts.pathFound = X509_verify_cert(context.get()) == 1;
  const int error = X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
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
  facts.withinValidity = !state.outOfTime;
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const X509* certificate = sk_X509_value(chain, i);
    const bool anchor = i + 1 == sk_X509_num(chain);
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    facts.weak = facts.weak || key == nullptr || isWeakKey(key);
    // An anchor is trusted for itself: the digest under its own signature proves nothing.
    facts.weak = facts.weak || (!anchor && weaklySigned(certificate));
  }
  return facts;
}

}  // namespace sohoa
