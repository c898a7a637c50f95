#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "pdf/util/mapped_file.h"
#include "signing/base/openssl_handles.h"
#include "signing/base/signature_level.h"

namespace sohoa {

/// A digest that can be asked in between.
class RunningDigest {
 public:
  explicit RunningDigest(const EVP_MD* method);
  RunningDigest(const RunningDigest& other);
  void add(std::string_view data);
  std::string soFar() const;

 private:
  DigestContext context_;
};

/// The output of signing while it grows revision by revision: a hidden copy of the input beside its
/// target, read as mapped memory, never held as a copy. Nothing is left of it unless it is
/// published. Every byte is hashed once. Throws BatchError(diskFull | diskError).
class IncrementalOutput {
 public:
  /// Throws std::filesystem::filesystem_error when `original` cannot be read.
  IncrementalOutput(const std::filesystem::path& original, std::filesystem::path target,
                    SignatureDigest kind);
  ~IncrementalOutput();
  IncrementalOutput(const IncrementalOutput&) = delete;
  IncrementalOutput& operator=(const IncrementalOutput&) = delete;

  /// Views of it end at the next append().
  std::string_view bytes() const;
  /// The digest over bytes(), and of what kind it is.
  const RunningDigest& digest() const { return digest_; }
  SignatureDigest digestKind() const { return kind_; }
  /// The file as it is now, for one who must read it by name.
  const std::filesystem::path& path() const { return part_; }
  void append(std::string_view update);
  /// Takes its place at the target; with `sync` it is on disk when this returns.
  void publish(bool sync);

 private:
  std::filesystem::path target_, part_;
  int file_ = -1;
  bool published_ = false;
  mutable std::optional<MappedFile> mapped_;
  SignatureDigest kind_;
  RunningDigest digest_;
};

}  // namespace sohoa
