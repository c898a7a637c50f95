#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "core/cause.h"

namespace sohoa {

/// Bad input, as a value: recorded with the item, and the batch goes on.
struct ItemError {
  Stage stage = Stage::intake;
  Cause cause = Cause::fileType;
  std::string item;    ///< what it is about: a file name, "001.jpg", a dossier code, "page 3"
  std::string detail;  ///< technical words for the log (a library's own message); may be empty
};

/// A bad environment (no model, disk full, key unusable): stops the run with exit code 1.
/// Thrown anywhere, caught in main() only.
class BatchError : public std::runtime_error {
 public:
  explicit BatchError(Cause cause, std::string detail = {})
      : std::runtime_error(std::string(codeOf(cause)) + (detail.empty() ? "" : ": " + detail)),
        cause_(cause),
        detail_(std::move(detail)) {}
  Cause cause() const { return cause_; }
  const std::string& detail() const { return detail_; }

 private:
  Cause cause_;
  std::string detail_;
};

/// A value of T or the reason why there is none. Test it before use; value() on an error is a bug
/// of ours and throws std::bad_variant_access.
template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return ItemError{…};` read as they should.
  // NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(ItemError error) : state_(std::in_place_index<1>, std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const ItemError& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, ItemError> state_;
};

/// Success without a value, or the reason for failure.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(ItemError error)  // NOLINT(google-explicit-constructor)
      : error_(std::move(error)) {}
  explicit operator bool() const { return !error_; }
  const ItemError& error() const { return error_.value(); }

 private:
  std::optional<ItemError> error_;
};

}  // namespace sohoa
