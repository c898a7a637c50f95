#include "pipeline/intake/signed_scans.h"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::string_view kTimestamp = "timestamp";  // value of SignatureReport::level

/// RFC 2253, 2.4: a backslash escapes a character that would end the value.
std::string commonNameOf(const std::string& subject) {
  std::size_t at = 0;
  while (at < subject.size()) {
    std::string value;
    std::size_t end = at;
    for (; end < subject.size() && subject[end] != ',' && subject[end] != '+'; ++end) {
      if (subject[end] == '\\' && end + 1 < subject.size()) ++end;
      value += subject[end];
    }
    if (value.starts_with("CN=")) return value.substr(3);
    at = end + 1;
  }
  return {};
}

std::string_view reasonReceived(const IntakeFile& file, const Result<CheckJob::Reply>& checked,
                                const std::vector<std::string>& signers, std::string& person) {
  if (signers.empty()) return received::kAsReceived;
  if (file.pages.empty()) return received::kNotScanned;
  if (!checked || !allHold(*checked)) return received::kSignature;
  for (const CheckJob::Signature& one : checked->signatures) {
    if (one.record.level == kTimestamp) continue;
    if (!isScanSigner(one.record.signer, signers)) return received::kSigner;
    person = one.record.signer;
  }
  return person.empty() ? received::kSigner : std::string_view{};
}

}  // namespace

bool isScanSigner(const std::string& subject, const std::vector<std::string>& signers) {
  const std::string name = commonNameOf(subject);
  return std::any_of(signers.begin(), signers.end(), [&](const std::string& one) {
    return one == subject || (!name.empty() && one == name);
  });
}

bool allHold(const CheckJob::Reply& checked) {
  return checked.verdict == nameOf(Indication::totalPassed) && !checked.signatures.empty();
}

void settleSignedScan(IntakeFile& file, const Result<CheckJob::Reply>& checked,
                      const std::vector<std::string>& signers) {
  std::string person;
  const std::string_view because = reasonReceived(file, checked, signers, person);
  if (because.empty()) {
    file.scanSigner = person;
    return;
  }
  file.receivedBecause = because;
  file.pages.clear();  // they are not read
}

void settleSignedScans(std::vector<Result<IntakeFile>>& inspected,
                       const std::vector<std::filesystem::path>& paths, const IntakeTools& tools,
                       const std::vector<std::string>& signers) {
  std::vector<std::size_t> asked;
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 0; i < inspected.size(); ++i) {
    if (!inspected[i] || !inspected[i]->alreadySigned) continue;
    const bool maybe = !signers.empty() && !inspected[i]->pages.empty();
    if (!maybe) {
      settleSignedScan(*inspected[i], ItemError{}, signers);
      continue;
    }
    asked.push_back(i);
    files.push_back(paths[i]);
  }
  if (files.empty()) return;
  const auto checked = tools.check(files);
  for (std::size_t k = 0; k < asked.size(); ++k) {
    settleSignedScan(*inspected[asked[k]], checked[k], signers);
  }
}

}  // namespace sohoa
