#include "pdf/changes/revision_changes.h"

#include <algorithm>

#include "pdf/changes/revision_comparison.h"
#include "pdf/changes/update_bytes.h"

namespace sohoa {
namespace {

/// Objects looked at in all comparisons of one file; beyond it the answer is "not examined".
constexpr std::size_t kBudget = 2'000'000;
constexpr std::size_t kMaxNamed = 60;

}  // namespace

RevisionDiff::RevisionDiff(const PdfRevisions& file, const std::vector<SignatureField>& fields,
                           PageRenderer* renderer)
    : file_(file),
      fields_(fields),
      renderer_(renderer),
      steps_(file.sections().size()),
      budget_(kBudget) {}

std::optional<std::size_t> RevisionDiff::endOfRevision(std::size_t section) const {
  for (const SignatureField& field : fields_) {
    if (field.coverage == ByteCoverage::anomalous || field.section != section) continue;
    return static_cast<std::size_t>(field.byteRange[2] + field.byteRange[3]);
  }
  return std::nullopt;
}

RevisionChanges RevisionDiff::after(std::size_t section) {
  // What replaces a value must be granted by this signature or an older one: whoever comes later
  // cannot loosen what was signed before.
  const auto signedBefore = [&](std::size_t oldest, bool evenAnomalous) {
    std::vector<SignatureField> fields;
    for (const SignatureField& field : fields_) {
      const bool anomalous = field.coverage == ByteCoverage::anomalous;
      if (field.filled && (anomalous ? evenAnomalous : field.section >= oldest)) {
        fields.push_back(field);
      }
    }
    return readSigningPermissions(file_, fields);
  };
  const bool replacing = signedBefore(section, false).grantsFilling();
  RevisionChanges all;
  if (const auto end = endOfRevision(section)) {
    for (DocumentChange& change : unaccountedBytes(file_, section, *end)) {
      all.kind = RevisionChanges::Kind::forbidden;
      all.changes.push_back(std::move(change));
    }
  }
  for (std::size_t i = section; i-- > 0;) {
    auto& step = steps_[i][replacing ? 1 : 0];
    if (!step)
      step = compareStep(file_, i, signedBefore(i + 1, true), replacing, budget_, renderer_);
    all.changes.insert(all.changes.end(), step->changes.begin(), step->changes.end());
    all.kind = std::max(all.kind, step->kind);
  }
  std::stable_partition(all.changes.begin(), all.changes.end(),
                        [](const DocumentChange& change) { return !change.permitted; });
  if (all.changes.size() > kMaxNamed) all.changes.resize(kMaxNamed);
  return all;
}

}  // namespace sohoa
