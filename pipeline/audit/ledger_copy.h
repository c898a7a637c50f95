#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "storage/ledger/ledger.h"

namespace sohoa {

/// Keeps one ledger as a prefix of another, byte for byte. Incomplete last lines are ignored.
class LedgerCopy {
 public:
  LedgerCopy(std::filesystem::path source, std::filesystem::path target)
      : source_(std::move(source)), target_(std::move(target)) {}

  /// Whether the target is empty or a prefix of the source.
  bool continues() const;
  /// Appends what the target lacks, after calling `before` for each such entry; repeats until no
  /// new entry arrives. Safe when killed: the target is a prefix at any time.
  void bringUp(const std::function<void(const LedgerEntry&)>& before) const;
  /// For a restore: replaces a target that is missing, shorter or broken by the source; keeps a
  /// broken one as `aside`. Returns why it left the target alone, or "".
  std::string restore(const std::filesystem::path& aside) const;

 private:
  std::filesystem::path source_, target_;
};

}  // namespace sohoa
