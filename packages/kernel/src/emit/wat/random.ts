/** Philox 4×32-10 over vectors: two neurons at a time, each 32-bit word in a 64-bit lane. */
import { philoxConstants } from "../../philox.ts";

const word = (x: number): string => `(v128.const i64x2 ${x} ${x})`;
const low = (x: string): string => `(v128.and ${x} ${word(0xffffffff)})`;

/** `$philox neurons step key0 key1 → four words`, each as i64x2 of values below 2³². */
function philoxFunction(): string {
  const [m0, m1] = philoxConstants.multipliers;
  const round = `
    (local.set $p0 (i64x2.mul (local.get $c0) ${word(m0)}))
    (local.set $p1 (i64x2.mul (local.get $c2) ${word(m1)}))
    (local.set $c0 (v128.xor (v128.xor (i64x2.shr_u (local.get $p1) (i32.const 32)) (local.get $c1)) (i64x2.splat (local.get $k0))))
    (local.set $c1 ${low("(local.get $p1)")})
    (local.set $c2 (v128.xor (v128.xor (i64x2.shr_u (local.get $p0) (i32.const 32)) (local.get $c3)) (i64x2.splat (local.get $k1))))
    (local.set $c3 ${low("(local.get $p0)")})`;
  const bump = `
    (local.set $k0 (i64.and (i64.add (local.get $k0) (i64.const ${philoxConstants.weyl[0]})) (i64.const 0xffffffff)))
    (local.set $k1 (i64.and (i64.add (local.get $k1) (i64.const ${philoxConstants.weyl[1]})) (i64.const 0xffffffff)))`;
  return `  (func $philox (param $c0 v128) (param $k i64) (param $k0 i64) (param $k1 i64) (result v128 v128 v128 v128)
    (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $p0 v128) (local $p1 v128)
    (local.set $c1 (i64x2.splat (i64.and (local.get $k) (i64.const 0xffffffff))))
    (local.set $c2 (i64x2.splat (i64.shr_u (local.get $k) (i64.const 32))))
${Array<string>(philoxConstants.rounds).fill(round).join(bump)}
    (local.get $c0) (local.get $c1) (local.get $c2) (local.get $c3))`;
}

/** `$uniforms neurons step key0 key1 → two f64x2`: bits of [1, 2) from 52 random bits, less 1 − 2⁻⁵³. */
const uniformsF64 = `  (func $uniforms (param $neurons v128) (param $k i64) (param $k0 i64) (param $k1 i64) (result v128 v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (call $philox (local.get $neurons) (local.get $k) (local.get $k0) (local.get $k1))
    (local.set $d) (local.set $c) (local.set $b) (local.set $a)
    ${unitF64("$a", "$b")}
    ${unitF64("$c", "$d")})`;

function unitF64(high: string, low: string): string {
  const bits = `(v128.or (i64x2.shl (local.get ${high}) (i32.const 20)) (i64x2.shr_u (local.get ${low}) (i32.const 12)))`;
  const unit = `(v128.or ${bits} (v128.const f64x2 1 1))`;
  return `(f64x2.add (f64x2.sub ${unit} (v128.const f64x2 1 1)) (v128.const f64x2 0x1p-53 0x1p-53))`;
}

/** The same for four neurons in single precision, 23 bits each; the second pair of neurons is the first plus two. */
const uniformsF32 = `  (func $uniforms (param $neurons v128) (param $k i64) (param $k0 i64) (param $k1 i64) (result v128 v128)
    (local $a v128) (local $c v128) (local $e v128) (local $g v128)
    (call $philox (local.get $neurons) (local.get $k) (local.get $k0) (local.get $k1))
    (drop) (local.set $c) (drop) (local.set $a)
    (call $philox (i64x2.add (local.get $neurons) (v128.const i64x2 2 2)) (local.get $k) (local.get $k0) (local.get $k1))
    (drop) (local.set $g) (drop) (local.set $e)
    ${unitF32("$a", "$e")}
    ${unitF32("$c", "$g")})`;

function unitF32(first: string, second: string): string {
  const words = `(i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get ${first}) (local.get ${second}))`;
  const unit = `(v128.or (i32x4.shr_u ${words} (i32.const 9)) (v128.const f32x4 1 1 1 1))`;
  return `(f32x4.add (f32x4.sub ${unit} (v128.const f32x4 1 1 1 1)) (v128.const f32x4 0x1p-24 0x1p-24 0x1p-24 0x1p-24))`;
}

/** The functions that kernels with draws call. */
export const randomFunctions = {
  f64: `${philoxFunction()}\n${uniformsF64}`,
  f32: `${philoxFunction()}\n${uniformsF32}`,
};
