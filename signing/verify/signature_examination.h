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

/// One signature with everything that can be said of it without trust, time or other signatures.
struct Examination {
  const SignatureField* field = nullptr;
  SignatureReport report;
  std::string subFilter;
  std::unique_ptr<Cms> cms;  ///< null: none, or one that cannot be read
  CmsFacts facts;
  bool checkable = false;                  ///< `facts` are filled in
  std::vector<Certificate> own;            ///< of /Cert
  std::optional<Time> genTime;             ///< of a document timestamp
  bool doubtful = false;                   ///< a part that nothing signs is not as it was made
  std::vector<TimestampToken> timestamps;  ///< signature timestamps whose imprint fits

  /// Bytes, digest and value are as they were signed.
  bool intact() const {
    return report.digestMatches && report.signatureMatches && !report.malformed;
  }
  bool isTimestamp() const { return report.kind == SignatureReport::Kind::timestamp; }
};

/// Reads a signature and checks digest and value. `extra`: certificates found elsewhere in the
/// file.
Examination examine(const PdfRevisions& file, const SignatureField& field,
                    const std::vector<Certificate>& extra);

}  // namespace sohoa
