#include "signing/pades/pades.h"

#include <fmt/format.h>

#include "pdf/util/text_string.h"
#include "signing/base/digest_method.h"
#include "signing/base/pdf_date.h"
#include "signing/keys/key_use.h"
#include "signing/online/timestamp_client.h"
#include "signing/pades/archive_timestamp.h"
#include "signing/pades/cms_sign.h"
#include "signing/pades/form_field.h"
#include "signing/pades/incremental_output.h"
#include "signing/pades/signature_revision.h"
#include "signing/verify/verify.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// A token can be larger than the space reserved for it; so many attempts are made.
constexpr int kMaxTries = 3;

ItemError named(ItemError error, const fs::path& file) {
  if (error.item.empty()) error.item = file.filename().string();
  return error;
}

ItemError refused(std::string why) {
  return {Stage::signing, Cause::documentNotSigned, "", std::move(why)};
}

std::string_view nameOf(SignatureDigest digest) {
  return digest == SignatureDigest::sha256   ? "SHA256"
         : digest == SignatureDigest::sha384 ? "SHA384"
                                             : "SHA512";
}

SignatureDictionary dictionaryOf(const SigningKey& key, const SignatureRequest& request,
                                 std::size_t room) {
  SignatureDictionary dictionary("Sig", "ETSI.CAdES.detached", room);
  dictionary.add("M", PdfValue::ofString(pdfDate(request.at)));
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) dictionary.add(name, PdfValue::ofString(pdfStringOfText(value)));
  };
  text("Name", key.certificate().commonName);
  text("Reason", request.reason);
  text("Location", request.location);
  return dictionary;
}

/// Writes the revision with the signature itself; from B-T on, with a signature timestamp inside
/// it.
class Signer {
 public:
  Signer(IncrementalOutput& file, const SigningKey& key, const SignatureRequest& request,
         const SigningServices& services)
      : file_(file), key_(key), request_(request), services_(services) {}

  Result<void> sign() {
    stamped_ = request_.level != SignatureLevel::bB;
    tokenRoom_ = stamped_ ? services_.timestamps->expectedBytes() : 0;
    for (int tries = 0; tries < kMaxTries; ++tries) {
      std::string bytes;
      const auto done = attempt(bytes);
      if (!done) return done;
      if (bytes.empty()) continue;
      file_.append(bytes);
      return {};
    }
    return ItemError{Stage::signing, Cause::timestampUnavailable, "",
                     "the token's size changes with every answer"};
  }

 private:
  /// Leaves `bytes` empty when the token needs more space than was reserved.
  Result<void> attempt(std::string& bytes) {
    const PdfRevisions revisions(file_.bytes());
    const SigningForm form(revisions);
    if (auto refusal = form.refusal()) return *refusal;
    const SignatureField* empty = form.emptyField(request_.fieldName);
    const std::string name = empty != nullptr ? empty->name : form.freeName(request_.fieldName);
    if (form.locks(name)) return refused("an earlier signature locks the form's fields");

    IncrementalUpdate update(revisions);
    const auto appearance = empty != nullptr
                                ? drawAppearance(update, request_.appearance)
                                : placeAppearance(revisions, update, request_.appearance);
    if (!appearance) return appearance.error();
    SignatureDictionary dictionary =
        dictionaryOf(key_, request_, cmsSizeBound(key_, request_.algorithm, tokenRoom_));
    const PdfRef reference = update.allocate();
    if (empty != nullptr) {
      const FieldRules rules = rulesOf(
          revisions, *empty, std::string(nameOf(request_.algorithm.digest)), request_.reason);
      if (!rules.problem.empty()) return refused(rules.problem);
      if (rules.references.is(PdfValue::Kind::array)) dictionary.add("Reference", rules.references);
      fillField(revisions, update, *empty, reference, *appearance);
    } else {
      addField(revisions, update, name, reference, *appearance);
    }
    update.put(reference, dictionary.text());
    SignatureRevision revision(file_, update, dictionary, reference);
    const CmsSignature cms(key_, request_.algorithm, revision.digest());
    std::string token;
    if (stamped_) {
      const SignatureDigest kind = request_.algorithm.digest;
      auto stamp = services_.timestamps->stamp(kind, digestOf(methodOf(kind), cms.value()));
      if (!stamp) return stamp.error();
      token = *std::move(stamp);
    }
    const std::string value = cms.der(token);
    if (value.size() > revision.room()) {
      if (!stamped_) {
        throw BatchError(Cause::signingStopped, fmt::format("the signature needs {} bytes of {}",
                                                            value.size(), revision.room()));
      }
      tokenRoom_ = token.size() + 64;
      return {};
    }
    revision.embed(value);
    bytes = revision.bytes();
    return {};
  }

  IncrementalOutput& file_;
  const SigningKey& key_;
  const SignatureRequest& request_;
  const SigningServices& services_;
  bool stamped_ = false;
  std::size_t tokenRoom_ = 0;
};

Result<void> requireServices(SignatureLevel level, const SigningServices& services) {
  const bool stamps = services.timestamps != nullptr;
  const bool data = services.revocation != nullptr && services.anchors != nullptr;
  if ((level >= SignatureLevel::bT && !stamps) || (level >= SignatureLevel::bLT && !data)) {
    return refused("no services are configured for " + std::string(nameOf(level)));
  }
  return {};
}

/// Translates every exception about a file into an ItemError.
template <class Work>
Result<void> guarded(const fs::path& in, const Work& work) {
  try {
    const Result<void> done = work();
    if (!done) return named(done.error(), in);
    return done;
  } catch (const PdfSyntaxError& error) {
    return named({Stage::signing, Cause::pdfDamaged, "", error.what()}, in);
  } catch (const fs::filesystem_error& error) {
    return named({Stage::signing, Cause::fileUnreadable, "", error.what()}, in);
  }
}

}  // namespace

Result<void> signPdf(const fs::path& in, const fs::path& out, const SigningKey& key,
                     const SignatureRequest& request, const SigningServices& services) {
  return guarded(in, [&]() -> Result<void> {
    if (auto ready = requireServices(request.level, services); !ready) return ready;
    IncrementalOutput file(in, out, request.algorithm.digest);
    if (auto done = Signer(file, key, request, services).sign(); !done) return done;
    if (request.level >= SignatureLevel::bLT) {
      if (auto done = appendValidationData(file, services, request.at, WhoseData::newest); !done)
        return done;
    }
    if (request.level == SignatureLevel::bLTA) {
      if (auto done = appendDocumentTimestamp(file, services); !done) return done;
    }
    file.publish(request.sync);
    return {};
  });
}

Result<void> extendPdf(const fs::path& in, const fs::path& out, const ExtensionRequest& request,
                       const SigningServices& services) {
  return guarded(in, [&]() -> Result<void> {
    if (request.level == SignatureLevel::bB) return refused("B-B is no level to extend to");
    if (auto ready = requireServices(request.level, services); !ready) return ready;
    IncrementalOutput file(in, out, request.digest);
    bool stamped = false;
    {
      const PdfRevisions revisions(file.bytes());
      const SigningForm form(revisions);
      if (auto refusal = form.refusal()) return *refusal;
      bool any = false;
      for (const SignatureField& field : form.fields()) any = any || field.filled;
      if (!any) return refused("the document is not signed");
    }
    // Broken signatures are refused: a new timestamp over one would attest the damaged state as
    // old.
    const VerificationReport before = verifyPdf(file.path(), *services.anchors, request.at);
    for (const SignatureReport& signature : before.signatures) {
      if (signature.indication == Indication::totalFailed || !signature.digestMatches ||
          !signature.signatureMatches) {
        return ItemError{
            Stage::signing, Cause::signatureNotVerified, "",
            signature.findings.empty() ? signature.subIndication : signature.findings.front()};
      }
      stamped = stamped || signature.kind == SignatureReport::Kind::timestamp ||
                (levelFromName(signature.level).value_or(SignatureLevel::bB) >= SignatureLevel::bT);
    }
    if (request.level == SignatureLevel::bT || (request.level == SignatureLevel::bLT && !stamped)) {
      if (auto done = appendDocumentTimestamp(file, services); !done) return done;
    }
    if (request.level >= SignatureLevel::bLT) {
      if (auto done = appendValidationData(file, services, request.at, WhoseData::all); !done)
        return done;
    }
    if (request.level == SignatureLevel::bLTA) {
      if (auto done = appendDocumentTimestamp(file, services); !done) return done;
    }
    file.publish(request.sync);
    return {};
  });
}

}  // namespace sohoa
