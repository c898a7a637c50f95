#pragma once

/// Marks a loop over many bytes or pixels that is compiled twice, for every x86-64 processor and
/// for those with AVX2, and chosen when the program starts. AVX2 alone has no fused multiply-add,
/// so both give the same bits. Not under a sanitizer: the choice is made before its own start.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && defined(__OPTIMIZE__)
#define SOHOA_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define SOHOA_WIDE
#endif
