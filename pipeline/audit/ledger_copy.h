#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "storage/ledger/ledger.h"

namespace sohoa {

/// Keeps one ledger as the beginning of another, byte for byte. Unfinished last lines do not count.
class LedgerCopy {
 public:
  LedgerCopy(std::filesystem::path source, std::filesystem::path target)
      : source_(std::move(source)), target_(std::move(target)) {}

  /// Whether the target is empty or a beginning of the source.
  bool continues() const;
  /// Appends what the target lacks, after `before` has seen each entry of it; repeated until
  /// nothing new came in. Safe against kill: the target is a beginning at any time.
  void bringUp(const std::function<void(const LedgerEntry&)>& before) const;
  /// For a restore: replaces a target that is missing, shorter or broken by the source; keeps a
  /// broken one as `aside`. Returns why it left the target alone, or "".
  std::string restore(const std::filesystem::path& aside) const;

 private:
  std::filesystem::path source_, target_;
};

}  // namespace sohoa
