#pragma once

#include <filesystem>

#include "pipeline/dossier/dossier_task.h"
#include "pipeline/filing/filing_context.h"

namespace sohoa {

/// Makes the documents of a dossier in its work folder: packages and signs them, and has the result
/// checked by a process that holds no key.
class DocumentMaker {
 public:
  explicit DocumentMaker(const FilingContext& context) : context_(context) {}

  /// Makes one document. The error says why the dossier must be held. Throws BatchError.
  Result<DocumentRecord> make(const DossierTask& task, const DossierDocument& planned) const;

 private:
  /// A PDF before the agency signs it.
  struct Made {
    std::filesystem::path file;
    /// existing signatures; if any, the file is the scan itself and must not be changed or moved
    std::size_t signatures = 0;
  };

  DocumentRecord describe(const DossierTask& task, const DossierDocument& planned) const;
  RegisterRow registered(const DossierTask& task) const;
  /// Packages the pages as PDF/A.
  Result<Made> assemble(const DossierTask& task, const DossierDocument& planned,
                        const DocumentRecord& document) const;
  /// A scan signed by the person who scanned it, as it came in.
  Result<Made> signedScan(const DossierTask& task, const DossierDocument& planned,
                          DocumentRecord& document) const;
  /// Signs it, or takes it unchanged where documents of its kind are not signed.
  Result<void> finish(const DossierTask& task, DocumentRecord& document, const Made& made) const;
  Result<DocumentRecord> asReceived(const DossierTask& task, const IntakeFile& file,
                                    const DossierDocument& planned) const;
  /// `ifItFails` is the cause to report when the checking worker dies.
  Result<CheckJob::Reply> check(const std::filesystem::path& file, Cause ifItFails,
                                bool justMade = false) const;

  const FilingContext& context_;
};

}  // namespace sohoa
