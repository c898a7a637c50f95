#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sohoa::samples {

/// SplitMix64. The standard distributions differ between libraries, so every draw is made here:
/// the same seed gives the same dossiers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  /// Uniform in [low, high], both included.
  int integer(int low, int high) {
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<int>(next() % span);
  }

  /// Uniform in [low, high).
  double real(double low, double high) {
    return low + (high - low) * static_cast<double>(next() >> 11U) * 0x1.0p-53;
  }

  bool chance(double probability) { return real(0.0, 1.0) < probability; }

  /// Either -1 or 1.
  double sign() { return (next() & 1U) != 0 ? 1.0 : -1.0; }

  /// About normal, mean 0 and standard deviation 1: the sum of four bytes.
  float gaussian() {
    const std::uint64_t bits = next();
    const auto sum = static_cast<int>((bits & 255U) + ((bits >> 8U) & 255U) +
                                      ((bits >> 16U) & 255U) + ((bits >> 24U) & 255U));
    return static_cast<float>(sum - 510) * (1.0F / 147.8F);
  }

  template <typename Pool>
  const auto& pick(const Pool& pool) {
    return pool[static_cast<std::size_t>(next() % std::size(pool))];
  }

  /// A stream of its own for a named part: adding draws to one part leaves the others as they are.
  Random fork(std::string_view name) const {
    std::uint64_t hash = state_ ^ 0xCBF29CE484222325ULL;
    for (const char c : name) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return Random(hash);
  }

  template <typename T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      std::swap(values[i - 1], values[static_cast<std::size_t>(next() % i)]);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace sohoa::samples
