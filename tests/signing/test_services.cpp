#include "tests/signing/test_services.h"

#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

#include <stdexcept>

namespace sohoa::test {
namespace {

using namespace std::chrono_literals;

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string(what) + ": " + drainOpensslErrors());
}

std::string contentOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

ASN1_INTEGER* newSerial(TS_RESP_CTX*, void*) {
  unsigned char bytes[8];
  RAND_bytes(bytes, sizeof bytes);
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3f) | 0x40);
  const Handle<BIGNUM, BN_free> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  return BN_to_ASN1_INTEGER(number.get(), nullptr);
}

int timeOf(TS_RESP_CTX*, void* clock, long* seconds, long* microseconds) {
  const Time fixed = *static_cast<const Time*>(clock);
  const Time now = fixed == Time{} ? SystemClock().now() : fixed;
  *seconds = now.time_since_epoch().count();
  *microseconds = 0;
  return 1;
}

CertificateSpec with(CertificateSpec spec, const HttpServer& web, bool ocsp) {
  if (ocsp) spec.extensions.emplace_back(NID_info_access, "OCSP;URI:" + web.url("/ocsp"));
  spec.extensions.emplace_back(NID_crl_distribution_points,
                               "URI:" + web.url(ocsp ? "/ca.crl" : "/root.crl"));
  return spec;
}

std::string derOfRequest(TS_REQ* request) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  i2d_TS_REQ_bio(out.get(), request);
  return contentOf(out.get());
}

/// A timestamp request as if none had asked for a policy.
std::string withoutPolicy(const std::string& query) {
  const auto* at = bytesOf(query);
  const Handle<TS_REQ, TS_REQ_free> asked(
      d2i_TS_REQ(nullptr, &at, static_cast<long>(query.size())));
  const Handle<TS_REQ, TS_REQ_free> plain(TS_REQ_new());
  require(asked && TS_REQ_set_version(plain.get(), 1) == 1 &&
              TS_REQ_set_msg_imprint(plain.get(), TS_REQ_get_msg_imprint(asked.get())) == 1 &&
              TS_REQ_set_nonce(plain.get(), TS_REQ_get_nonce(asked.get())) == 1 &&
              TS_REQ_set_cert_req(plain.get(), TS_REQ_get_cert_req(asked.get())) == 1,
          "TS_REQ");
  return derOfRequest(plain.get());
}

CertificateSpec until(CertificateSpec spec, Time end) {
  spec.until = end;
  return spec;
}

CertificateSpec rsa(CertificateSpec spec) {
  spec.keyType = "RSA2048";
  return spec;
}

}  // namespace

TestTsa::TestTsa(const Identity& identity, const Identity& issuer)
    : identity_(identity),
      issuer_(issuer),
      server_([this](const ServedRequest& request) { return answer(request); }) {}

ServedReply TestTsa::answer(const ServedRequest& request) {
  ServedReply served;
  served.contentType = "application/timestamp-reply";
  if (onRequest) onRequest();
  switch (mood.load()) {
    case Mood::hangsUp:
      served.hangUp = true;
      return served;
    case Mood::busy:
      served.status = 503;
      return served;
    case Mood::garbage:
      served.body = "<html>welcome to the hotel's network</html>";
      return served;
    case Mood::slow:
      served.delay = 2s;
      break;
    default:
      break;
  }
  std::string query = mood == Mood::otherPolicy ? withoutPolicy(request.body) : request.body;
  if (mood == Mood::otherNonce) query[query.size() - 4] ^= 1;     // the nonce stands before certReq
  if (mood == Mood::otherImprint) query[query.size() - 20] ^= 1;  // the digest before the nonce
  served.body = reply(query);
  return served;
}

std::string TestTsa::token(const EVP_MD* method, const std::string& imprint) const {
  const Handle<TS_REQ, TS_REQ_free> request(TS_REQ_new());
  const Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> stamped(TS_MSG_IMPRINT_new());
  const Handle<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(EVP_MD_get_type(method)), V_ASN1_NULL, nullptr);
  std::string digest = imprint;
  TS_MSG_IMPRINT_set_algo(stamped.get(), algorithm.get());
  TS_MSG_IMPRINT_set_msg(stamped.get(), reinterpret_cast<unsigned char*>(digest.data()),
                         static_cast<int>(digest.size()));
  require(TS_REQ_set_version(request.get(), 1) == 1 &&
              TS_REQ_set_msg_imprint(request.get(), stamped.get()) == 1 &&
              TS_REQ_set_cert_req(request.get(), 1) == 1,
          "TS_REQ");
  const std::string answered = reply(derOfRequest(request.get()), true);
  const auto* at = bytesOf(answered);
  const Handle<TS_RESP, TS_RESP_free> response(
      d2i_TS_RESP(nullptr, &at, static_cast<long>(answered.size())));
  require(response && TS_RESP_get_token(response.get()) != nullptr, "no token");
  const BioHandle out(BIO_new(BIO_s_mem()));
  i2d_PKCS7_bio(out.get(), TS_RESP_get_token(response.get()));
  return contentOf(out.get());
}

std::string TestTsa::reply(const std::string& query, bool oldDigests) const {
  const Handle<TS_RESP_CTX, TS_RESP_CTX_free> context(TS_RESP_CTX_new());
  const CertificateStack chain(sk_X509_new_null());
  sk_X509_push(chain.get(), issuer_.certificate.get());
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> policyId(OBJ_txt2obj(policy.c_str(), 1));
  require(TS_RESP_CTX_set_signer_cert(context.get(), identity_.certificate.get()) == 1 &&
              TS_RESP_CTX_set_signer_key(context.get(), identity_.key.get()) == 1 &&
              TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) == 1 &&
              TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) == 1 &&
              TS_RESP_CTX_set_certs(context.get(), chain.get()) == 1 &&
              TS_RESP_CTX_set_def_policy(context.get(), policyId.get()) == 1,
          "TSA");
  for (const EVP_MD* method : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
    if (mood != Mood::refuses) TS_RESP_CTX_add_md(context.get(), method);
  }
  if (mood == Mood::refuses || oldDigests) TS_RESP_CTX_add_md(context.get(), EVP_sha1());
  TS_RESP_CTX_set_serial_cb(context.get(), newSerial, nullptr);
  TS_RESP_CTX_set_time_cb(context.get(), timeOf, const_cast<Time*>(&clock));
  const BioHandle in(BIO_new_mem_buf(query.data(), static_cast<int>(query.size())));
  const Handle<TS_RESP, TS_RESP_free> response(TS_RESP_create_response(context.get(), in.get()));
  require(response != nullptr, "TS_RESP_create_response");
  const BioHandle out(BIO_new(BIO_s_mem()));
  i2d_TS_RESP_bio(out.get(), response.get());
  drainOpensslErrors();
  return contentOf(out.get());
}

TestServices::TestServices(Time tsaUntil)
    : web_([this](const ServedRequest& request) { return answer(request); }),
      root_(issue(rsa(authority("DEMO Services Root")))),
      ca_(issue(with(rsa(authority("DEMO Services CA")), web_, false), &root_)),
      ocsp_(issue(rsa(responder("DEMO Services OCSP")), &ca_)),
      tsaIdentity_(
          issue(until(with(rsa(timestamper("DEMO Services TSA")), web_, true), tsaUntil), &ca_)),
      trust_(folder_ / "trust") {
  spill(trust_ / "root.pem", pemOf(root_));
  anchors_ = std::make_unique<TrustAnchors>(TrustAnchors::fromFolder(trust_));
  tsa_ = std::make_unique<TestTsa>(tsaIdentity_, ca_);
  renewClients();
}

std::unique_ptr<TestTsa> TestServices::newTsa(Time end) {
  return std::make_unique<TestTsa>(
      issue(until(with(rsa(timestamper("DEMO Second TSA")), web_, true), end), &ca_), ca_);
}

void TestServices::renewClients(RevocationOptions options) {
  TimestampOptions timestamps;
  timestamps.authorities = {{tsa_->url(), "", "", ""}};
  timestamps.limits.total = 1s;
  timestamps.rest = 0s;
  timestamps_ = std::make_unique<TimestampClient>(timestamps, *anchors_);
  options.limits.total = 3s;
  options.rest = 0s;
  revocation_ = std::make_unique<RevocationClient>(options);
}

ServedReply TestServices::answer(const ServedRequest& request) {
  ServedReply reply;
  const Time now = SystemClock().now();
  if (request.path == "/ocsp") {
    ++ocspRequests;
    reply.hangUp = ocspDown;
    // The request says who is asked about: a responder answers about anybody of its CA.
    const auto* at = bytesOf(request.body);
    const Handle<OCSP_REQUEST, OCSP_REQUEST_free> asked(
        d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(request.body.size())));
    require(asked != nullptr, "OCSP request");
    OCSP_CERTID* id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(asked.get(), 0));
    const Handle<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
    const Handle<ASN1_TIME, ASN1_TIME_free> from(
        ASN1_TIME_set(nullptr, now.time_since_epoch().count()));
    const Handle<ASN1_TIME, ASN1_TIME_free> next(
        ASN1_TIME_set(nullptr, (now + 24h).time_since_epoch().count()));
    const Handle<ASN1_TIME, ASN1_TIME_free> since(
        ASN1_TIME_set(nullptr, (now - 48h).time_since_epoch().count()));
    const bool bad = revoked;
    OCSP_basic_add1_status(
        basic.get(), id, bad ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
        OCSP_REVOKED_STATUS_KEYCOMPROMISE, bad ? since.get() : nullptr, from.get(), next.get());
    require(OCSP_basic_sign(basic.get(), ocsp_.certificate.get(), ocsp_.key.get(), EVP_sha256(),
                            nullptr, 0) == 1,
            "OCSP_basic_sign");
    const Handle<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
        OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
    const BioHandle out(BIO_new(BIO_s_mem()));
    i2d_OCSP_RESPONSE_bio(out.get(), response.get());
    reply.contentType = "application/ocsp-response";
    reply.body = contentOf(out.get());
    return reply;
  }
  ++crlRequests;
  reply.hangUp = crlDown;
  reply.contentType = "application/pkix-crl";
  ListSpec list;
  list.from = now - 1h;
  list.next = now + 24h * 7;
  reply.body = makeCrl(request.path == "/root.crl" ? root_ : ca_, list);
  return reply;
}

Identity TestServices::signer(const std::string& keyType) {
  CertificateSpec spec = with(sohoa::test::signer("DEMO Services Signer"), web_, true);
  spec.keyType = keyType;
  return issue(spec, &ca_);
}

SigningKey TestServices::key(const std::string& keyType) {
  const std::filesystem::path file = folder_ / (keyType + ".p12");
  writePkcs12(file, "secret", signer(keyType), ca_);
  return SigningKey::fromPkcs12(file, "secret");
}

void writePkcs12(const std::filesystem::path& file, const std::string& password,
                 const Identity& identity, const Identity& ca) {
  const CertificateStack chain(sk_X509_new_null());
  sk_X509_push(chain.get(), ca.certificate.get());
  const Pkcs12Handle container(PKCS12_create(password.c_str(), "DEMO", identity.key.get(),
                                             identity.certificate.get(), chain.get(), 0, 0, 0, 0,
                                             0));
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(container && i2d_PKCS12_bio(out.get(), container.get()) == 1, "PKCS#12");
  spill(file, contentOf(out.get()));
}

std::string pemOf(const Identity& identity) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(out.get(), identity.certificate.get()) == 1, "PEM");
  return contentOf(out.get());
}

std::string keyPemOf(const Identity& identity) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PKCS8PrivateKey(out.get(), identity.key.get(), nullptr, nullptr, 0, nullptr,
                                        nullptr) == 1,
          "PEM");
  return contentOf(out.get());
}

}  // namespace sohoa::test
