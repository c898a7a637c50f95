#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pdf/changes/revision_changes.h"
#include "pdf/structure/signature_fields.h"
#include "signing/cms/cms_check.h"
#include "signing/cms/timestamp_token.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// One signature with all facts that need no trust, time or other signatures.
struct Examination {
  const SignatureField* field = nullptr;
  SignatureReport report;
  std::string subFilter;
  std::unique_ptr<Cms> cms;  ///< null: none, or it could not be parsed
  CmsFacts facts;
  bool checkable = false;                  ///< `facts` are filled in
  std::vector<Certificate> own;            ///< from /Cert, and the signer's
  std::optional<Time> genTime;             ///< of a document timestamp
  bool doubtful = false;                   ///< a part that no signature covers was altered
  std::vector<TimestampToken> timestamps;  ///< signature timestamps that are intact and match

  /// Whether bytes, digest and value are as signed.
  bool intact() const {
    return report.digestMatches && report.signatureMatches && !report.malformed;
  }
  bool isTimestamp() const { return report.kind == SignatureReport::Kind::timestamp; }
};

/// Reads a signature and checks its digest and value. `extra`: certificates found elsewhere in the
/// file.
Examination examine(const PdfRevisions& file, const SignatureField& field,
                    const std::vector<Certificate>& extra);

}  // namespace sohoa
