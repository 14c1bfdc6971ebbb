/** Short true texts in both languages, for episodes that tests make. */
export const chinese = `银河是怎么从城市里消失的？2016年，一组科学家把卫星图像和地面测光拼成一张世界夜空亮度图。结论是：全球三分之一的人，在自己住的地方看不到银河。

夜空被点亮的原因，是灯光被空气里的水汽和尘埃散射回来。几十公里外的小镇也躲不开。

普通人能做什么？把灯罩低一点，只照需要照的地方；不用的时候关掉。银河没有消失，只是我们把它盖住了。`

export const english = `Where did the Milky Way go? In 2016 a group of scientists joined satellite images and measurements from the ground into one map of the night sky. A third of all people cannot see the Milky Way from where they live.

The cause is light that water and dust in the air scatter back to us. Small towns many miles away cannot escape it either.

What can one person do? Point the lamp down, and light only what needs light. Switch it off when nobody is there. The Milky Way is not gone; we have only covered it up.`

/** `lines` turns of a script for two speakers, each different from the others. */
export const script = (lines: number, mark = '') =>
  Array.from(
    { length: lines },
    (_, index) => `${index % 2 ? '乙' : '甲'}：这是第${index + 1}句${mark}，我们接着往下说，今天的天气很好，适合出门走走。`,
  ).join('\n')
