// The bundler gathers imported style sheets into canvas.css.
declare module "*.css";
